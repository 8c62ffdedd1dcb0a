package io.similitude.similarity.exact;

import io.similitude.similarity.gram.UCentring;
import java.util.Arrays;

/**
 * The product &lt;A, B&gt; of two centred N x N matrices, divided into a share per batch: the share
 * of batch g is the sum over its rows i and all columns j of A<sub>ij</sub> B<sub>ij</sub>.
 *
 * @param vanishing the largest sum that rounding alone can leave for a representation that has no
 *     HSIC with itself
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Shares(double[] values, double vanishing) {
  private static final double ROUNDING = 1e-10;

  /**
   * The shares of a representation with itself.
   *
   * @param squares |K|&sup2;; U-centring may leave only rounding of it, as in {@link UCentring}
   */
  static Shares ofItself(double[] values, double squares) {
    return new Shares(values, ROUNDING * squares);
  }

  static Shares ofPair(double[] values) {
    return new Shares(values, 0);
  }

  /** The shares with the last two batches joined into one. */
  Shares lastTwoJoined() {
    double[] joined = Arrays.copyOf(values, values.length - 1);
    joined[joined.length - 1] += values[joined.length];
    return new Shares(joined, vanishing);
  }

  double total() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** The square roots of the shares of a representation with itself; all 0 if it is constant. */
  double[] roots() {
    double[] roots = new double[values.length];
    if (total() > vanishing) {
      for (int g = 0; g < roots.length; g++) {
        roots[g] = Math.sqrt(Math.max(0, values[g]));
      }
    }
    return roots;
  }
}
