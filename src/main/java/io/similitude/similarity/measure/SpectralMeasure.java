package io.similitude.similarity.measure;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.Lapack;
import io.similitude.similarity.gram.Spectrum;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.Arrays;
import java.util.Optional;

/**
 * A measure of the directions of two representations on a batch. The directions are the left
 * singular vectors U of the centred features, with the singular values s.
 *
 * <p>Both follow from the Gram matrix, U as its eigenvectors and s&sup2; as its eigenvalues, up to
 * n times the rounding of its entries. In a stored float32 Gram matrix of 256 examples, directions
 * with less than 3e-5 of the first one's variance look like rounding and do not count. Measures
 * that weight directions by their variance hardly change. CCA does, and has no value if there may
 * be such directions.
 */
abstract class SpectralMeasure extends PairMeasure<Spectrum> {
  @Override
  Spectrum facet(DenseGram gram) {
    return gram.spectrum();
  }

  @Override
  public long facetBytes(int n) {
    return (long) (n + 1) * n * Double.BYTES;
  }

  /** The cost of a singular value decomposition. */
  @Override
  public double pairFlops(int n) {
    return 10.0 * n * n * n;
  }

  @Override
  public final boolean isOfDirections() {
    return true;
  }

  @Override
  final MeasureValue of(Spectrum a, Spectrum b) {
    if (a.rank() == 0 || b.rank() == 0) {
      return MeasureValue.missing(Status.CONSTANT_LAYER);
    }
    return ofDirections(a, b);
  }

  /** The measure of two representations neither of which is constant. */
  abstract MeasureValue ofDirections(Spectrum a, Spectrum b);

  /** The cosines of the principal angles between two spaces, descending: singular values of UᵀW. */
  static double[] canonicalCorrelations(Spectrum a, Spectrum b) {
    double[] correlations = Lapack.singularValues(b.rank(), a.rank(), a.cosines(b));
    // This is a cosine. Only rounding can make it larger than 1.
    return Arrays.stream(correlations).map(rho -> Math.min(1, rho)).toArray();
  }

  /** The leading directions: a fixed number, or as many as hold a fraction of the variance. */
  record Leading(Optional<Integer> rank, double variance) {
    static Leading of(MeasureSpec spec) {
      return new Leading(
          spec.find(Setting.RANK, Integer.class),
          spec.find(Setting.VARIANCE, Double.class).orElse(1.0));
    }

    Spectrum of(Spectrum spectrum) {
      return spectrum.truncated(rank.orElseGet(() -> spectrum.rankOfVariance(variance)));
    }
  }
}
