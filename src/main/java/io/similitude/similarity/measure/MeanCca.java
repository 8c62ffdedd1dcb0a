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
 * <p>U, n x r, and W, n x s, orthonormal bases of what the centred features of a and b span.
 *
 * <p>Invariant to every invertible affine map of the features of either. Symmetric, between 0 and
 * 1; 1 of a representation with itself, and of any whose spans contain each other. A constant layer
 * has none. Where the features span all n - 1 dimensions that centring leaves, every correlation is
 * 1 whatever the other representation: {@link Status#MORE_FEATURES_THAN_EXAMPLES}. Where a stored
 * Gram matrix has directions near its rounding, which count as much as any other, it cannot be
 * told: {@link Status#ACTIVATIONS_NOT_KEPT}, but of as many features as examples, which fill the
 * space with directions that rounding hides. Values of independent representations are well above 0
 * unless n is far above r + s.
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
