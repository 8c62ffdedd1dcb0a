package io.similitude.analysis.statistics;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A number f with its replicates f<sub>(g)</sub>: the values without one of G groups of examples.
 * The delete-a-group jackknife gives its standard error:
 *
 * <pre>
 *   SE^2 = (G - 1) / G sum_g (f_(g) - mean f_(g))^2
 *   95 % interval: f -+ t SE,  t the 0.975 quantile of Student's t with G - 1 degrees of freedom
 * </pre>
 *
 * <p>A function of several such numbers is computed for each group that is left out. So cells that
 * share examples need no covariances. It is an error over examples, because the networks stay the
 * same. With fewer than two groups there is no error.
 *
 * <p>Source: B. Efron, C. Stein, The jackknife estimate of variance, Annals of Statistics 9 (1981).
 */
public final class Replicated implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final double UPPER = 0.975;

  private final double value;
  private final double[] without;

  private Replicated(double value, double[] without) {
    if (!Double.isFinite(value) || !Arrays.stream(without).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "Invalid value: %s, replicates %s (must be finite)"
              .formatted(value, Arrays.toString(without)));
    }
    this.value = value;
    this.without = without;
  }

  /**
   * A number with its replicates.
   *
   * @param without one value for each group that is left out; if there are none, there is no error
   */
  public static Replicated of(double value, double... without) {
    return new Replicated(value, without.clone());
  }

  /** The mean of numbers over the same groups. */
  public static Replicated mean(List<Replicated> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("Invalid mean: of no value (must be of at least 1)");
    }
    return all.stream().reduce(Replicated::plus).orElseThrow().map(sum -> sum / all.size());
  }

  public double value() {
    return value;
  }

  public double[] without() {
    return without.clone();
  }

  /** The number of groups; 0 if no group was left out. */
  public int groups() {
    return without.length;
  }

  public Replicated map(DoubleUnaryOperator function) {
    return new Replicated(
        function.applyAsDouble(value), Arrays.stream(without).map(function).toArray());
  }

  public Replicated plus(Replicated other) {
    return with(other, Double::sum);
  }

  public Replicated minus(Replicated other) {
    return with(other, (a, b) -> a - b);
  }

  /** A function of two numbers over the same groups. */
  public Replicated with(Replicated other, DoubleBinaryOperator function) {
    if (groups() != other.groups()) {
      throw new IllegalArgumentException(
          "Cannot combine values of %d and of %d groups".formatted(groups(), other.groups()));
    }
    double[] both = new double[without.length];
    Arrays.setAll(both, g -> function.applyAsDouble(without[g], other.without[g]));
    return new Replicated(function.applyAsDouble(value, other.value), both);
  }

  /** The standard error over examples. */
  public OptionalDouble error() {
    if (without.length < 2) {
      return OptionalDouble.empty();
    }
    double mean = Arrays.stream(without).sum() / without.length;
    double squares = Arrays.stream(without).map(f -> (f - mean) * (f - mean)).sum();
    return OptionalDouble.of(Math.sqrt(squares * (without.length - 1) / without.length));
  }

  /** Half of the length of the 95 % interval. */
  public OptionalDouble margin() {
    OptionalDouble error = error();
    return error.isEmpty()
        ? error
        : OptionalDouble.of(quantile(without.length - 1) * error.getAsDouble());
  }

  /** The 0.975 quantile of Student's t. */
  public static double quantile(double degreesOfFreedom) {
    return new TDistribution(null, degreesOfFreedom).inverseCumulativeProbability(UPPER);
  }

  @Override
  public String toString() {
    return value + " +- " + error();
  }
}
