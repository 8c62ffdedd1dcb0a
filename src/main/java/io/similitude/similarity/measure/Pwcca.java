package io.similitude.similarity.measure;

import io.similitude.similarity.gram.CentredFeatures;
import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.Lapack;
import io.similitude.similarity.gram.Spectrum;
import java.util.Arrays;
import java.util.Optional;

/**
 * Projection weighted CCA: canonical correlations, weighted by how much of a their directions
 * explain.
 *
 * <pre>
 *   PWCCA(a, b) = sum_i w_i rho_i / sum_i w_i,   w_i = sum_j |&lt;h_i, x_j&gt;|,
 * </pre>
 *
 * <p>Here h<sub>i</sub> are the canonical directions of a in the space of examples: U times the
 * left singular vectors of U&#7488; W as in {@link MeanCca}. x<sub>j</sub> are the centred features
 * of a.
 *
 * <p>The weights come from a, so the measure is not symmetric. Only the span of b matters, so it is
 * invariant to every invertible affine map of b's features. It is invariant to scale, shift and
 * permutation of a's features, but not to rotation: a sum of absolute values depends on the axes.
 * So it needs the features of a. Without them the status is {@link Status#ACTIVATIONS_NOT_KEPT}, or
 * {@link Status#MORE_FEATURES_THAN_EXAMPLES} if stored features would not help. It is 1 for a
 * representation with itself. Other edge cases are those of {@link MeanCca}. If canonical
 * correlations are equal, their directions are arbitrary, and so are the single weights. The value
 * is not.
 *
 * <p>Source: A. S. Morcos, M. Raghu, S. Bengio, Insights on representational similarity in neural
 * networks with canonical correlation, NeurIPS 2018, equations 3 and 4.
 */
final class Pwcca extends PairMeasure<Pwcca.Facet> {
  /** A representation's directions, and its features if they were kept. */
  record Facet(Spectrum spectrum, Optional<CentredFeatures> features) {}

  @Override
  Facet facet(DenseGram gram) {
    return new Facet(gram.spectrum(), gram.features());
  }

  @Override
  public boolean wantsFeatures() {
    return true;
  }

  /**
   * The bytes of the directions, and of the features if they are kept. Kept features are fewer than
   * examples.
   */
  @Override
  public long facetBytes(int n) {
    return (2L * n + 1) * n * Double.BYTES;
  }

  @Override
  public double pairFlops(int n) {
    return 10.0 * n * n * n;
  }

  @Override
  public boolean isOfDirections() {
    return true;
  }

  @Override
  public boolean isSymmetric() {
    return false;
  }

  @Override
  MeasureValue of(Facet a, Facet b) {
    MeasureValue cca = new MeanCca().of(a.spectrum, b.spectrum);
    if (cca.status() != Status.OK) {
      return cca;
    }
    return a.features
        .map(features -> MeasureValue.withoutError(weighted(a.spectrum, b.spectrum, features)))
        .orElseGet(() -> MeasureValue.missing(withoutFeatures(a.spectrum)));
  }

  /**
   * The status of a representation without features. If a layer is as wide as the batch, its
   * features are not read, even if they were kept.
   */
  private static Status withoutFeatures(Spectrum a) {
    return a.isWide() ? Status.MORE_FEATURES_THAN_EXAMPLES : Status.ACTIVATIONS_NOT_KEPT;
  }

  private static double weighted(Spectrum a, Spectrum b, CentredFeatures features) {
    int r = a.rank();
    // W'U row by row is U'W column by column, and the other way round.
    Lapack.Decomposition svd = Lapack.svd(r, b.rank(), b.cosines(a));
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < svd.values().length; i++) {
      double[] left = Arrays.copyOfRange(svd.vectors(), i * r, (i + 1) * r);
      double weight = features.absoluteProjections(a.combination(left));
      sum += weight * Math.min(1, svd.values()[i]);
      weights += weight;
    }
    return sum / weights;
  }
}
