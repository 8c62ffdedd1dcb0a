package io.similitude.similarity.measure;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.Spectrum;
import io.similitude.spec.measure.MeasureSpec;
import java.util.Arrays;

/**
 * Singular vector CCA: the mean canonical correlation of the leading directions.
 *
 * <pre>
 *   SVCCA = (1 / min(k, l)) sum_i rho_i,   rho = singular values of U_k&#7488; W_l,
 * </pre>
 *
 * <p>with k and l the smallest numbers of directions whose s&sup2; sum to the fraction {@code
 * variance} of the whole, 99 % by default. Or both are {@code rank}.
 *
 * <p>Invariant to rotation, scale and shift of the features, not to other linear maps: those change
 * which directions lead. It is symmetric, between 0 and 1, and 1 for a representation with itself.
 * A constant layer has no value. If there are as many leading directions as centred examples have
 * dimensions, it is 1 for any other representation. Published implementations give that 1, and so
 * does this one.
 *
 * <p>Source: M. Raghu, J. Gilmer, J. Yosinski, J. Sohl-Dickstein, SVCCA: singular vector canonical
 * correlation analysis for deep learning dynamics and interpretability, NeurIPS 2017.
 */
final class Svcca extends SpectralMeasure {
  private final Leading leading;

  Svcca(MeasureSpec spec) {
    this.leading = Leading.of(spec);
  }

  @Override
  Spectrum facet(DenseGram gram) {
    return leading.of(gram.spectrum());
  }

  @Override
  MeasureValue ofDirections(Spectrum a, Spectrum b) {
    return MeasureValue.withoutError(
        Arrays.stream(canonicalCorrelations(a, b)).average().orElseThrow());
  }
}
