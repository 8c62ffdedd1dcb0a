package io.similitude.similarity.measure;

import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.UCentring;
import java.util.OptionalDouble;

/**
 * The distribution of unbiased CKA if the examples of the two representations are paired at random.
 * This is the permutation test of independence, in closed form.
 *
 * <p>U-centred matrices of n examples are an irreducible representation of the permutations, of
 * dimension n (n - 3) / 2. So by Schur's orthogonality, for any unit matrices A and B, over all
 * permutations P
 *
 * <pre>
 *   E r = 0,   E r^2 = 2 / (n (n-3)),   r = &lt;A, P B P&#7488;&gt;,
 * </pre>
 *
 * <p>and the third moment follows from two numbers of each matrix ({@link CubicInvariants}). For
 * sums over batches, each batch is permuted alone, and variances and third moments add up. A
 * z-score is the value divided by its null standard deviation. If many directions share the
 * variance, its tails are those of the normal distribution. If few directions dominate, r is
 * skewed. Then {@link #pValue} uses Pearson's type III distribution with the same three moments.
 *
 * <p>Sources: the moments are derived here and checked against all permutations in the tests; the
 * three-moment approximation is J. Josse, J. Pages, F. Husson, Testing the significance of the RV
 * coefficient, Computational Statistics and Data Analysis 53 (2008); its normal transform E. B.
 * Wilson, M. M. Hilferty, PNAS 17 (1931).
 */
public final class PermutationNull {
  /** Below this skewness the transform equals the normal distribution up to float64 rounding. */
  private static final double SYMMETRIC = 1e-6;

  private PermutationNull() {}

  /** The variance of the unbiased CKA of one batch of n examples: 2 / (n (n - 3)). */
  public static double variance(int n) {
    UCentring.length(n);
    return 2 / (n * (n - 3.0));
  }

  /**
   * The z-score of the linear minibatch CKA, or any product measure with unbiased HSIC, of a row
   * with a column; absent where one of them is constant.
   */
  public static OptionalDouble zScore(HsicSums sums, int row, int column) {
    double variance = sums.nullMoments(row, column).variance();
    return variance > 0
        ? OptionalDouble.of(sums.hsic(row, column) / Math.sqrt(variance))
        : OptionalDouble.empty();
  }

  /** The probability of a z-score at least as high, under the normal distribution. */
  public static double pValue(double z) {
    return Significance.NormalTail.above(z);
  }

  /**
   * The probability of a z-score at least as high, under Pearson's type III distribution of this
   * skewness, by the transform of Wilson and Hilferty. Its error is about 1e-3 up to a skewness of
   * 1, and skewness 0 gives the normal distribution. Beyond the end of the distribution's support,
   * the exact probability is 0 or 1. There the result is the transform's value at the end of the
   * support. With a negative skewness that is more than 0.
   *
   * @param skewness as of {@link NullSums.Moments}
   */
  public static double pValue(double z, double skewness) {
    if (Math.abs(skewness) < SYMMETRIC) {
      return pValue(z);
    }
    double base = Math.max(0, 1 + skewness * z / 2);
    double h = skewness / 6;
    return pValue((Math.cbrt(base) - 1) / h + h);
  }
}
