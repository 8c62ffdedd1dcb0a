package io.similitude.checkpoint.tensor;

/**
 * Converts the two 16-bit floating-point formats to float exactly, and rounds a float to them, to
 * nearest with ties to even.
 */
public final class HalfFloats {
  /** 2^-24: the weight of the last bit of a subnormal binary16. */
  private static final float SUBNORMAL_UNIT = 0x1p-24f;

  private static final int EXPONENT_ALL_ONES = 0x1f;

  private HalfFloats() {}

  /** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
  public static float fromFloat16(short half) {
    int exponent = (half >> 10) & EXPONENT_ALL_ONES;
    int fraction = half & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * SUBNORMAL_UNIT;
          case EXPONENT_ALL_ONES -> Float.intBitsToFloat(0x7f800000 | (fraction << 13));
          default -> Float.intBitsToFloat(((exponent - 15 + 127) << 23) | (fraction << 13));
        };
    return half < 0 ? -magnitude : magnitude;
  }

  /** bfloat16: the upper half of a float. */
  static float fromBfloat16(short half) {
    return Float.intBitsToFloat(half << 16);
  }

  static short toFloat16(float value) {
    int sign = (Float.floatToIntBits(value) >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    int bits = Float.floatToIntBits(magnitude);
    int rounded;
    if (Float.isNaN(value)) {
      rounded = 0x7e00;
    } else if (magnitude >= 0x1p16f) {
      rounded = 0x7c00;
    } else if (magnitude < 0x1p-14f) {
      rounded = (int) Math.rint(magnitude / SUBNORMAL_UNIT);
    } else {
      // The exponent's bias changes from 127 to 15. A carry out of the fraction increases the
      // exponent, as it should.
      rounded = (bits - ((127 - 15) << 23) + 0xfff + ((bits >> 13) & 1)) >> 13;
    }
    return (short) (sign | rounded);
  }

  static short toBfloat16(float value) {
    int bits = Float.floatToIntBits(value);
    return (short) (Float.isNaN(value) ? 0x7fc0 : (bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
  }
}
