package io.similitude.similarity.exact;

import io.similitude.similarity.gram.UCentring;
import java.util.Arrays;

/**
 * &lt;A, B&gt; of two centred N x N matrices, cut by batches: the share of batch g is the sum over
 * its rows i and all columns j of A<sub>ij</sub> B<sub>ij</sub>.
 *
 * @param vanishing what rounding may have left of a representation that has no HSIC with itself
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Shares(double[] values, double vanishing) {
  private static final double ROUNDING = 1e-10;

  /**
   * Of a representation with itself.
   *
   * @param squares |K|&sup2;, beside which U-centring may leave nothing, as in {@link UCentring}
   */
  static Shares ofItself(double[] values, double squares) {
    return new Shares(values, ROUNDING * squares);
  }

  static Shares ofPair(double[] values) {
    return new Shares(values, 0);
  }

  /** The last two batches taken for one. */
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

  /** The roots of the shares of a representation with itself; all 0 where it is constant. */
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
