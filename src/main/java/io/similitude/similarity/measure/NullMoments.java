package io.similitude.similarity.measure;

import io.similitude.similarity.gram.CubicInvariants;

/**
 * The second and third moment of a sum of HSIC<sub>1</sub> over batches when each batch's examples
 * are paired at random; the first is 0. See {@link PermutationNull}.
 *
 * @param variance in units of HSIC squared
 * @param thirdMoment in units of HSIC cubed
 */
public record NullMoments(double variance, double thirdMoment) {
  /** Of no batch. */
  public static final NullMoments EMPTY = new NullMoments(0, 0);

  /**
   * With another batch.
   *
   * @param y HSIC<sub>1</sub> of a with itself
   * @param z HSIC<sub>1</sub> of b with itself
   */
  public NullMoments plus(double y, double z, CubicInvariants a, CubicInvariants b) {
    double scale = Math.sqrt(y) * Math.sqrt(z);
    return new NullMoments(
        variance + scale * scale * PermutationNull.variance(a.n()),
        thirdMoment + scale * scale * scale * a.thirdMoment(b));
  }

  /** The third moment over the variance to the power 3/2; 0 where there is no variance. */
  public double skewness() {
    double scale = variance * Math.sqrt(variance);
    if (scale >= Double.MIN_NORMAL) {
      return thirdMoment / scale;
    }
    // Of very small features the scale underflows before the variance does.
    return variance > 0 ? thirdMoment / variance / Math.sqrt(variance) : 0;
  }

  /** The probability of a sum of HSIC<sub>1</sub> at least as high. */
  public double pValue(double hsic) {
    if (!(variance > 0)) {
      throw new IllegalArgumentException(
          "Invalid null variance: " + variance + " (must be above 0)");
    }
    return PermutationNull.pValue(hsic / Math.sqrt(variance), skewness());
  }
}
