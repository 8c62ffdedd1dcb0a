package io.similitude.analysis.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Errors over training runs: how much the result would change with other runs of other seeds.
 *
 * @param difference of two means
 * @param error of the difference, over runs
 * @param degreesOfFreedom of Welch and Satterthwaite
 */
public record RunError(double difference, double error, double degreesOfFreedom) {
  /**
   * The difference of the means of two groups of runs with unequal variances (B. L. Welch,
   * Biometrika 34, 1947).
   *
   * @param a at least 2 values, a run each
   * @param b at least 2 values, a run each
   */
  public static RunError welch(double[] a, double[] b) {
    double ofA = variance(a) / a.length;
    double ofB = variance(b) / b.length;
    double sum = ofA + ofB;
    double freedom = sum * sum / (ofA * ofA / (a.length - 1) + ofB * ofB / (b.length - 1));
    return new RunError(mean(a) - mean(b), Math.sqrt(sum), sum > 0 ? freedom : 1);
  }

  /** Half of the length of the 95 % interval. */
  public double margin() {
    return Replicated.quantile(Math.max(1, degreesOfFreedom)) * error;
  }

  /** The standard error of the mean of runs; empty for one run. */
  public static OptionalDouble ofMean(double[] runs) {
    return runs.length < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.sqrt(variance(runs) / runs.length));
  }

  /**
   * The standard error of a statistic of pairs of networks. It leaves out one network after the
   * other: sqrt((n - 2) / (2 n) sum_k (f_(k) - mean f)^2).
   *
   * <p>Source: T. A. B. Snijders, S. P. Borgatti, Non-parametric standard errors and tests for
   * network statistics, Connections 22 (1999).
   *
   * @param statistic of the remaining networks; NaN if it does not exist
   */
  public static OptionalDouble ofPairs(int networks, ToDoubleFunction<int[]> statistic) {
    double[] without =
        IntStream.range(0, networks)
            .mapToDouble(
                k ->
                    statistic.applyAsDouble(
                        IntStream.range(0, networks).filter(i -> i != k).toArray()))
            .toArray();
    if (networks < 3 || !Arrays.stream(without).allMatch(Double::isFinite)) {
      return OptionalDouble.empty();
    }
    double mean = mean(without);
    double squares = Arrays.stream(without).map(f -> (f - mean) * (f - mean)).sum();
    return OptionalDouble.of(Math.sqrt(squares * (networks - 2) / (2.0 * networks)));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (values.length - 1);
  }
}
