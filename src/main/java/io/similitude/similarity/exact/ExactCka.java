package io.similitude.similarity.exact;

import io.similitude.similarity.measure.Cka;
import io.similitude.similarity.measure.HsicSums;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.MinibatchCka;
import io.similitude.similarity.measure.Status;

/**
 * Linear CKA of all N examples at once, computed from the share of each batch.
 *
 * <pre>
 *   CKA = X / sqrt(Y Z),   X = &lt;A, B&gt;, Y = &lt;A, A&gt;, Z = &lt;B, B&gt;,
 * </pre>
 *
 * <p>A and B are the U-centred (unbiased) or doubly centred (biased) N x N Gram matrices. The value
 * equals that of {@link Cka} with all examples in one batch, up to the rounding of sums.
 *
 * <p>The standard error comes from the infinitesimal jackknife. To first order an example moves
 * &lt;A, B&gt; by twice its row of products, because its effect on the centring is orthogonal to
 * centred matrices. So a batch g of examples moves the ratio r by 2 w,
 *
 * <pre>
 *   w = x / sqrt(Y Z) - r/2 (y / Y + z / Z),   x, y, z the shares of g,
 * </pre>
 *
 * <p>and Var r = 4 B / (B - 1) sum w&sup2; over the B batches, as in {@link MinibatchCka}, except
 * for the factor 2: an example is in rows and in columns. With one batch there is no standard
 * error.
 *
 * <p>Source: L. A. Jaeckel, The infinitesimal jackknife, Bell Laboratories memorandum MM 72-1215-11
 * (1972); B. Efron, The jackknife, the bootstrap and other resampling plans, SIAM 1982, section 6.
 */
final class ExactCka {
  private static final double ROWS_AND_COLUMNS = 2;

  private ExactCka() {}

  /** The CKA of two different representations. */
  static MeasureValue pair(Shares pair, Shares a, Shares b, int[] batchSizes) {
    HsicSums sums = HsicSums.empty(1, 1);
    double[] y = a.roots();
    double[] z = b.roots();
    for (int g = 0; g < y.length; g++) {
      double scale = y[g] * z[g];
      double cosine = scale > 0 ? pair.values()[g] / scale : 0;
      sums.addScaled(
          new double[] {cosine}, new double[] {y[g]}, new double[] {z[g]}, batchSizes[g]);
    }
    MeasureValue similarity = MinibatchCka.pair(sums, 0, 0);
    return similarity.standardError().isEmpty()
        ? similarity
        : MeasureValue.of(
            similarity.value().getAsDouble(),
            ROWS_AND_COLUMNS * similarity.standardError().getAsDouble());
  }

  /** The CKA of a representation with itself: 1 unless it is constant. */
  static MeasureValue self(Shares a) {
    return a.total() > a.vanishing()
        ? MeasureValue.of(1, 0)
        : MeasureValue.missing(Status.CONSTANT_LAYER);
  }
}
