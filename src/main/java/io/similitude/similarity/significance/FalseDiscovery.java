package io.similitude.similarity.significance;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Q-values: p-values adjusted so that rejecting all hypotheses with q at most alpha keeps the
 * expected fraction of false rejections at most alpha.
 *
 * <pre>
 *   q_(i) = min over k &gt;= i of m p_(k) / k,   p_(1) &lt;= ... &lt;= p_(m)
 * </pre>
 *
 * <p>The guarantee is valid for independent tests and for positively dependent ones. Pairs that
 * share a representation are at best positively dependent. For tables in several parts, use {@link
 * PValues}.
 *
 * <p>Sources: Y. Benjamini, Y. Hochberg, Controlling the false discovery rate, Journal of the Royal
 * Statistical Society B 57 (1995); Y. Benjamini, D. Yekutieli, Annals of Statistics 29 (2001).
 */
public final class FalseDiscovery {
  private FalseDiscovery() {}

  /**
   * The q-values in the order of the p-values; at most 1 each.
   *
   * @throws IllegalArgumentException if a p-value is not between 0 and 1
   */
  public static double[] qValues(double[] pValues) {
    int m = pValues.length;
    for (double p : pValues) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("Invalid p-value: " + p + " (must be between 0 and 1)");
      }
    }
    int[] descending =
        IntStream.range(0, m)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> pValues[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    double[] q = new double[m];
    double least = 1;
    for (int k = 0; k < m; k++) {
      least = Math.min(least, pValues[descending[k]] * (m / (double) (m - k)));
      q[descending[k]] = least;
    }
    return q;
  }
}
