package io.similitude.checkpoint;

/** The two 16-bit floating-point formats, widened to float exactly: no value is rounded. */
final class HalfFloats {
  /** 2^-24: the weight of the last bit of a subnormal binary16. */
  private static final float SUBNORMAL_UNIT = 0x1p-24f;

  private static final int EXPONENT_ALL_ONES = 0x1f;

  private HalfFloats() {}

  /** IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
  static float fromFloat16(short half) {
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
}
