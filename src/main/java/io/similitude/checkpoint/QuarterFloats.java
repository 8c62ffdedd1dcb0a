package io.similitude.checkpoint;

/**
 * The two 8-bit floating-point formats of PyTorch, widened to float exactly, and a float rounded to
 * the nearest of their values, to the even one of two that are equally near.
 *
 * <p>Source: Micikevicius et al. 2022, "FP8 Formats for Deep Learning", table 1.
 */
enum QuarterFloats {
  /** It has no infinities: all ones is NaN, and the rest of the highest exponent are numbers. */
  E4M3(4, 3, 7),
  E5M2(5, 2, 15);

  private static final int CODES = 256;
  private static final int SIGN = 0x80;

  private final float[] values = new float[CODES];

  QuarterFloats(int exponentBits, int fractionBits, int bias) {
    for (int code = 0; code < CODES; code++) {
      float magnitude = magnitude(code & ~SIGN, exponentBits, fractionBits, bias);
      values[code] = code < SIGN ? magnitude : -magnitude;
    }
  }

  private static float magnitude(int bits, int exponentBits, int fractionBits, int bias) {
    int exponent = bits >> fractionBits;
    int fraction = bits & ((1 << fractionBits) - 1);
    boolean highest = exponent == (1 << exponentBits) - 1;
    if (bits == SIGN - 1 || (highest && exponentBits == 5 && fraction != 0)) {
      return Float.NaN;
    }
    if (highest && exponentBits == 5) {
      return Float.POSITIVE_INFINITY;
    }
    float significand = fraction + (exponent == 0 ? 0 : 1 << fractionBits);
    return Math.scalb(significand, Math.max(exponent, 1) - bias - fractionBits);
  }

  float decode(byte code) {
    return values[Byte.toUnsignedInt(code)];
  }

  byte encode(float value) {
    if (Float.isNaN(value)) {
      return SIGN - 1;
    }
    int sign = Float.floatToRawIntBits(value) < 0 ? SIGN : 0;
    float magnitude = Math.abs(value);
    int nearest = 0;
    for (int code = 1; code < SIGN && !Float.isNaN(values[code]); code++) {
      float distance = Math.abs(values[code] - magnitude);
      float best = Math.abs(values[nearest] - magnitude);
      if (distance < best || (distance == best && code % 2 == 0) || values[code] == magnitude) {
        nearest = code;
      }
    }
    return (byte) (sign | nearest);
  }
}
