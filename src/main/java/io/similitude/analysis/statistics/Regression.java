package io.similitude.analysis.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/** Straight lines through points, by least squares, and correlations. */
public final class Regression {
  private Regression() {}

  /** The slope of y over x; empty if all x are equal. */
  public static OptionalDouble slope(double[] x, double[] y) {
    double xx = products(x, x);
    return xx > 0 ? OptionalDouble.of(products(x, y) / xx) : OptionalDouble.empty();
  }

  /** The slope of values over relative depth, 0 at the first layer and 1 at the last. */
  public static double overDepth(double[] values) {
    double[] depths = new double[values.length];
    Arrays.setAll(depths, i -> i / (values.length - 1.0));
    return slope(depths, values).orElseThrow();
  }

  /** Pearson's correlation; empty if all values of one side are equal. */
  public static OptionalDouble correlation(double[] x, double[] y) {
    double squares = products(x, x) * products(y, y);
    return squares > 0
        ? OptionalDouble.of(products(x, y) / Math.sqrt(squares))
        : OptionalDouble.empty();
  }

  /** Spearman's correlation: the correlation of the ranks, where ties get their mean rank. */
  public static OptionalDouble rankCorrelation(double[] x, double[] y) {
    if (x.length == 0) {
      return OptionalDouble.empty();
    }
    NaturalRanking ranking = new NaturalRanking();
    return correlation(ranking.rank(x), ranking.rank(y));
  }

  private static double products(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElse(0);
    double meanY = Arrays.stream(y).average().orElse(0);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - meanX) * (y[i] - meanY);
    }
    return sum;
  }
}
