package io.similitude.similarity.measure;

import org.apache.commons.numbers.gamma.Erfc;

/** The upper tail Q(z) = erfc(z / sqrt 2) / 2 of the standard normal distribution. */
final class NormalTail {
  private NormalTail() {}

  static double above(double z) {
    if (Double.isNaN(z)) {
      throw new IllegalArgumentException("Invalid z-score: NaN (must be a number)");
    }
    return 0.5 * Erfc.value(z / Math.sqrt(2));
  }
}
