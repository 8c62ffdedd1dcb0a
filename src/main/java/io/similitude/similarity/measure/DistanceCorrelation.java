package io.similitude.similarity.measure;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.GramKernel;
import io.similitude.similarity.gram.UnitVector;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;

/**
 * Distance correlation: CKA of the matrices of Euclidean distances D.
 *
 * <pre>
 *   biased:    dCor  = sqrt(sum &lt;HDH, HEH&gt; / sqrt(sum |HDH|^2 sum |HEH|^2)),   between 0 and 1,
 *   unbiased:  R*    = sum &lt;A, B&gt; / sqrt(sum |A|^2 sum |B|^2),   A, B the U-centred D, E.
 * </pre>
 *
 * <p>The unbiased one estimates the square of the biased one. No root is taken, since it can be
 * negative. Both are as published. Sums over the batches are those of CKA, with the weights of
 * HSIC. The distance is of strong negative type, so that in the limit only independent
 * representations have the value 0.
 *
 * <p>Invariant to rotation, scale and shift of the features. It is symmetric and 1 for a
 * representation with itself. A constant layer has no value.
 *
 * <p>Sources: G. J. Szekely, M. L. Rizzo, N. K. Bakirov, Measuring and testing dependence by
 * correlation of distances, Annals of Statistics 35 (2007), definition 4; G. J. Szekely, M. L.
 * Rizzo, Partial distance correlation with methods for dissimilarities, Annals of Statistics 42
 * (2014), equation 2.7 (R*).
 */
final class DistanceCorrelation extends ProductMeasure {
  private final MeasureSpec.Bias bias;

  DistanceCorrelation(MeasureSpec.Bias bias) {
    this.bias = bias;
  }

  DistanceCorrelation(MeasureSpec spec) {
    this(spec.setting(Setting.BIAS, MeasureSpec.Bias.class));
  }

  @Override
  UnitVector facet(DenseGram gram) {
    return Cka.facet(
        gram.n(),
        GramKernel.packed(gram.n(), (i, j) -> i == j ? 0 : Math.sqrt(gram.squaredDistance(i, j))),
        bias);
  }

  @Override
  public boolean hasNull() {
    return bias == MeasureSpec.Bias.UNBIASED;
  }

  @Override
  double result(double ratio) {
    return switch (bias) {
      case UNBIASED -> super.result(ratio);
      // Only rounding can make it negative: the distance is of negative type.
      case BIASED -> Math.sqrt(Math.max(0, bounded(ratio)));
    };
  }

  @Override
  double slope(double ratio) {
    return switch (bias) {
      case UNBIASED -> super.slope(ratio);
      case BIASED -> 0.5 / Math.sqrt(Math.max(0, ratio));
    };
  }
}
