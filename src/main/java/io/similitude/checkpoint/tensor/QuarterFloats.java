package io.similitude.checkpoint.tensor;

/**
 * Converts the two 8-bit floating-point formats of PyTorch to float exactly, and rounds a float to
 * the nearest of their values, with ties to even.
 *
 * <p>Source: Micikevicius et al. 2022, "FP8 Formats for Deep Learning", table 1.
 */
enum QuarterFloats {
  /**
   * This format has no infinities. All ones mean NaN; the other codes with the highest exponent are
   * numbers.
   */
  E4M3(4, 3, 7),
  E5M2(5, 2, 15);

  private static final int SIGN = 0x80;

  private final int exponentBits;
  private final int fractionBits;
  private final int bias;

  QuarterFloats(int exponentBits, int fractionBits, int bias) {
    this.exponentBits = exponentBits;
    this.fractionBits = fractionBits;
    this.bias = bias;
  }

  float decode(byte code) {
    float magnitude = magnitude(code & ~SIGN & 0xff);
    return code < 0 ? -magnitude : magnitude;
  }

  private float magnitude(int bits) {
    int exponent = bits >> fractionBits;
    int fraction = bits & ((1 << fractionBits) - 1);
    boolean highest = exponent == (1 << exponentBits) - 1;
    if (bits == SIGN - 1 || (this == E5M2 && highest && fraction != 0)) {
      return Float.NaN;
    }
    if (this == E5M2 && highest) {
      return Float.POSITIVE_INFINITY;
    }
    float significand = fraction + (exponent == 0 ? 0 : 1 << fractionBits);
    return Math.scalb(significand, Math.max(exponent, 1) - bias - fractionBits);
  }

  byte encode(float value) {
    if (Float.isNaN(value)) {
      return SIGN - 1;
    }
    int sign = Float.floatToRawIntBits(value) < 0 ? SIGN : 0;
    float wanted = Math.abs(value);
    int nearest = 0;
    for (int code = 1; code < SIGN && !Float.isNaN(magnitude(code)); code++) {
      float distance = Math.abs(magnitude(code) - wanted);
      float best = Math.abs(magnitude(nearest) - wanted);
      if (distance < best || (distance == best && code % 2 == 0) || magnitude(code) == wanted) {
        nearest = code;
      }
    }
    return (byte) (sign | nearest);
  }
}
