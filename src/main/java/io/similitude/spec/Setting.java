package io.similitude.spec;

import io.similitude.spec.reader.GivenReader;
import io.similitude.spec.reader.SpecValue;
import java.util.Optional;
import java.util.function.Function;

/** A key of an entry of {@code similarities:} beside the metric. */
public enum Setting implements Keyword {
  /** A {@link Kernel}. */
  KERNEL(value -> value.choice(Kernel.class), Kernel.LINEAR),
  /** Of the RBF kernel, as a fraction of the root of the median squared distance; a double. */
  BANDWIDTH(Setting::positive, 1.0),
  /** Of the polynomial kernel; an integer. */
  DEGREE(value -> value.between(1, 16), 3),
  /** Of the polynomial kernel, in units of the mean squared norm of an example; a double. */
  OFFSET(
      value -> value.number("a number, at least 0", x -> x >= 0 && x < Double.POSITIVE_INFINITY),
      1.0),
  /** An {@link Estimator}. */
  ESTIMATOR(value -> value.choice(Estimator.class), Estimator.MINIBATCH),
  /** A {@link Bias}; what it is when left out depends on the metric. */
  BIAS(value -> value.choice(Bias.class), null),
  /** The fraction of the variance that the leading directions hold; a double. */
  VARIANCE(
      value -> value.number("a number above 0 and at most 1, such as 0.99", x -> x > 0 && x <= 1),
      0.99),
  /** How many directions lead, instead of a fraction of the variance; an integer. */
  RANK(value -> value.atLeast(1), null),
  /** A {@link Dissimilarity}. */
  DISSIMILARITY(value -> value.choice(Dissimilarity.class), Dissimilarity.EUCLIDEAN),
  /** A {@link Correlation}. */
  CORRELATION(value -> value.choice(Correlation.class), Correlation.SPEARMAN),
  /** How many nearest neighbours of an example count; an integer. */
  NEIGHBOURS(value -> value.atLeast(1), 10),
  /** What is partialled out: a list of names, as {@link GivenReader} has them. */
  GIVEN(GivenReader::read, null),
  /** How often all examples are looked at, each time in other batches; an integer. */
  PASSES(value -> value.atLeast(1), null);

  @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
  private final Function<SpecValue, Optional<?>> reading;

  @SuppressWarnings("ImmutableEnumChecker") // a word or a number
  private final Object usual;

  Setting(Function<SpecValue, Optional<?>> reading, Object usual) {
    this.reading = reading;
    this.usual = usual;
  }

  public Optional<?> read(SpecValue value) {
    return reading.apply(value);
  }

  /** What is meant where nothing is written, if there is one such thing. */
  Optional<Object> usual() {
    return Optional.ofNullable(usual);
  }

  private static Optional<Double> positive(SpecValue value) {
    return value.number("a number above 0", x -> x > 0 && x < Double.POSITIVE_INFINITY);
  }
}
