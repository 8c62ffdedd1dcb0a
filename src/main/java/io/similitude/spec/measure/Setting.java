package io.similitude.spec.measure;

import io.similitude.spec.key.Keyword;
import java.util.Optional;

/** A key of an entry of {@code similarities:} besides the metric. */
public enum Setting implements Keyword {
  /** A {@link Kernel}. */
  KERNEL(Kernel.LINEAR),
  /**
   * The bandwidth of the RBF kernel, as a fraction of the root of the median squared distance; a
   * double.
   */
  BANDWIDTH(1.0),
  /** The degree of the polynomial kernel; an integer. */
  DEGREE(3),
  /**
   * The offset of the polynomial kernel, in units of the mean squared norm of an example; a double.
   */
  OFFSET(1.0),
  /** An {@link MeasureSpec.Estimator}. */
  ESTIMATOR(MeasureSpec.Estimator.MINIBATCH),
  /** A {@link MeasureSpec.Bias}; the default depends on the metric. */
  BIAS(null),
  /** The fraction of the variance that the leading directions hold; a double. */
  VARIANCE(0.99),
  /** The number of leading directions, instead of a fraction of the variance; an integer. */
  RANK(null),
  /** A {@link MeasureSpec.Dissimilarity}. */
  DISSIMILARITY(MeasureSpec.Dissimilarity.EUCLIDEAN),
  /** A {@link MeasureSpec.Correlation}. */
  CORRELATION(MeasureSpec.Correlation.SPEARMAN),
  /** The number of nearest neighbours of an example; an integer. */
  NEIGHBOURS(10),
  /** The representations that are partialled out: a list of names, as in {@code GivenReader}. */
  GIVEN(null),
  /** The number of passes over all examples, each in other batches; an integer. */
  PASSES(null);

  @SuppressWarnings("ImmutableEnumChecker") // a word or a number
  private final Object usual;

  Setting(Object usual) {
    this.usual = usual;
  }

  /** The default value, if there is one default for all metrics. */
  Optional<Object> usual() {
    return Optional.ofNullable(usual);
  }
}
