package io.similitude.similarity.measure;

import io.similitude.similarity.gram.Spectrum;
import java.util.Arrays;

/**
 * The mean canonical correlation.
 *
 * <pre>
 *   CCA = (1 / min(r, s)) sum_i rho_i,   rho = singular values of U&#7488; W,
 * </pre>
 *
 * <p>U, n x r, and W, n x s, are orthonormal bases of the spaces that the centred features of a and
 * b span.
 *
 * <p>It is invariant to every invertible affine map of the features of either representation. It is
 * symmetric and between 0 and 1. It is 1 for a representation with itself, and for two
 * representations if the span of one contains the span of the other. A constant layer has no value.
 * If the features span all n - 1 dimensions that centring leaves, every correlation is 1 for any
 * other representation: {@link Status#MORE_FEATURES_THAN_EXAMPLES}. If a stored Gram matrix has
 * directions near its rounding, the value cannot be computed, because these directions count as
 * much as any other: {@link Status#ACTIVATIONS_NOT_KEPT}. With at least as many features as
 * examples, directions that rounding hides fill the space, and the status is the former one. Values
 * of independent representations are well above 0 unless n is far above r + s.
 *
 * <p>Sources: H. Hotelling, Relations between two sets of variates, Biometrika 28 (1936); M. Raghu
 * et al., SVCCA, NeurIPS 2017 (the mean); the algorithm of A. Bjorck, G. H. Golub, Numerical
 * methods for computing angles between linear subspaces, Mathematics of Computation 27 (1973).
 */
final class MeanCca extends SpectralMeasure {
  @Override
  public boolean wantsFeatures() {
    return true;
  }

  @Override
  MeasureValue ofDirections(Spectrum a, Spectrum b) {
    if (fillsTheSpace(a) || fillsTheSpace(b)) {
      return MeasureValue.missing(Status.MORE_FEATURES_THAN_EXAMPLES);
    }
    if (a.isCut() || b.isCut()) {
      return MeasureValue.missing(Status.ACTIVATIONS_NOT_KEPT);
    }
    return MeasureValue.withoutError(
        Arrays.stream(canonicalCorrelations(a, b)).average().orElseThrow());
  }

  private static boolean fillsTheSpace(Spectrum spectrum) {
    return spectrum.rank() >= spectrum.n() - 1 || (spectrum.isCut() && spectrum.isWide());
  }
}
