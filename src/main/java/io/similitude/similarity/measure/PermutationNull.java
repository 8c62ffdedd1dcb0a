package io.similitude.similarity.measure;

import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.UCentring;
import java.util.OptionalDouble;

/**
 * What unbiased CKA would be if the examples of one representation were paired with those of the
 * other at random: the permutation test of independence, in closed form.
 *
 * <p>U-centred matrices of n examples are an irreducible representation of the permutations, of
 * dimension n (n - 3) / 2. So by Schur's orthogonality, whatever unit matrices A and B are, over
 * all permutations P
 *
 * <pre>
 *   E r = 0,   E r^2 = 2 / (n (n-3)),   r = &lt;A, P B P&#7488;&gt;,
 * </pre>
 *
 * <p>and the third moment follows from two numbers of each matrix ({@link CubicInvariants}). For
 * sums over batches, each permuted by itself, variances and third moments add up. Z-scores are the
 * value over its null standard deviation. Their tails are those of the normal distribution where
 * many directions share the variance; where few dominate r is skewed, and {@link #pValue} takes
 * Pearson's type III distribution of the same three moments instead.
 *
 * <p>Sources: the moments are derived here and checked against all permutations in the tests; the
 * three-moment approximation is J. Josse, J. Pages, F. Husson, Testing the significance of the RV
 * coefficient, Computational Statistics and Data Analysis 53 (2008); its normal transform E. B.
 * Wilson, M. M. Hilferty, PNAS 17 (1931).
 */
public final class PermutationNull {
  /** Under this skewness the transform is the normal up to float64's rounding. */
  private static final double SYMMETRIC = 1e-6;

  private PermutationNull() {}

  /** Of the unbiased CKA of one batch of n examples: 2 / (n (n - 3)). */
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
   * The same under Pearson's type III distribution of this skewness, by the transform of Wilson and
   * Hilferty: good to about 1e-3 of probability up to a skewness of 1, and the normal at skewness
   * 0. Beyond the end of the distribution's support, where it should be 0 or 1, it is what the
   * transform gives at the end: at a negative skewness more than 0.
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
