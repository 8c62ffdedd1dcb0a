package io.similitude.spec.measure;

import io.similitude.spec.key.Keyword;
import java.util.Optional;

/** A key of an entry of {@code similarities:} beside the metric. */
public enum Setting implements Keyword {
  /** A {@link Kernel}. */
  KERNEL(Kernel.LINEAR),
  /** Of the RBF kernel, as a fraction of the root of the median squared distance; a double. */
  BANDWIDTH(1.0),
  /** Of the polynomial kernel; an integer. */
  DEGREE(3),
  /** Of the polynomial kernel, in units of the mean squared norm of an example; a double. */
  OFFSET(1.0),
  /** An {@link MeasureSpec.Estimator}. */
  ESTIMATOR(MeasureSpec.Estimator.MINIBATCH),
  /** A {@link MeasureSpec.Bias}; what it is when left out depends on the metric. */
  BIAS(null),
  /** The fraction of the variance that the leading directions hold; a double. */
  VARIANCE(0.99),
  /** How many directions lead, instead of a fraction of the variance; an integer. */
  RANK(null),
  /** A {@link MeasureSpec.Dissimilarity}. */
  DISSIMILARITY(MeasureSpec.Dissimilarity.EUCLIDEAN),
  /** A {@link MeasureSpec.Correlation}. */
  CORRELATION(MeasureSpec.Correlation.SPEARMAN),
  /** How many nearest neighbours of an example count; an integer. */
  NEIGHBOURS(10),
  /** What is partialled out: a list of names, as {@code GivenReader} has them. */
  GIVEN(null),
  /** How often all examples are looked at, each time in other batches; an integer. */
  PASSES(null);

  @SuppressWarnings("ImmutableEnumChecker") // a word or a number
  private final Object usual;

  Setting(Object usual) {
    this.usual = usual;
  }

  /** What is meant where nothing is written, if there is one such thing. */
  Optional<Object> usual() {
    return Optional.ofNullable(usual);
  }
}
