package io.similitude.similarity;

/** The upper tail Q(z) of the standard normal distribution, to 1e-13 relative. */
final class NormalTail {
  /** From here on the continued fraction converges fast; before it the series does. */
  private static final double MIDDLE = 3;

  /** Of the continued fraction at z = 1, for 1e-14: it needs as 1 / z of them. */
  private static final int TERMS = 130;

  private static final int FEWEST_TERMS = 2;

  private NormalTail() {}

  static double above(double z) {
    if (Double.isNaN(z)) {
      throw new IllegalArgumentException("Invalid z-score: NaN (must be a number)");
    }
    if (Math.abs(z) < MIDDLE) {
      return 0.5 - series(z);
    }
    return z > 0 ? fraction(z) : 1 - fraction(-z);
  }

  private static double density(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  /** From 0 to z: the density times sum z^(2k+1) / (1 3 5 ... (2k+1)). */
  private static double series(double z) {
    double term = z;
    double sum = z;
    for (int k = 1; Math.abs(term) > 0x1p-54 * Math.abs(sum); k++) {
      term *= z * z / (2 * k + 1);
      sum += term;
    }
    return density(z) * sum;
  }

  /** Laplace's continued fraction z + 1 / (z + 2 / (z + 3 / ...)), under the density. */
  private static double fraction(double z) {
    double denominator = z;
    for (int k = FEWEST_TERMS + (int) (TERMS / z); k >= 1; k--) {
      denominator = z + k / denominator;
    }
    return density(z) / denominator;
  }
}
