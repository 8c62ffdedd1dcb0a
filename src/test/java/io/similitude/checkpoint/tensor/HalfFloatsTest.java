package io.similitude.checkpoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HalfFloatsTest {
  private static final int PATTERNS = 1 << 16;

  @Test
  void widensEveryFloat16ByItsDefinition() {
    for (int bits = 0; bits < PATTERNS; bits++) {
      int exponent = (bits >> 10) & 31;
      int fraction = bits & 1023;
      double magnitude =
          exponent == 31
              ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
              : exponent == 0
                  ? fraction / 1024.0 * Math.pow(2, -14)
                  : (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
      double expected = bits >= PATTERNS / 2 ? -magnitude : magnitude;

      assertThat((double) HalfFloats.fromFloat16((short) bits))
          .as("%04x", bits)
          .isEqualTo(Double.valueOf(expected));
    }
  }

  @Test
  void widensEveryBfloat16ToTheFloatThatItIsTheUpperHalfOf() {
    for (int bits = 0; bits < PATTERNS; bits++) {
      int widened = Float.floatToRawIntBits(HalfFloats.fromBfloat16((short) bits));
      assertThat(widened).isEqualTo(bits << 16);
    }
  }

  @Test
  void everyHalfIsWrittenAsItWasRead() {
    for (int half = 0; half < 1 << 16; half++) {
      float float16 = HalfFloats.fromFloat16((short) half);
      float bfloat16 = HalfFloats.fromBfloat16((short) half);
      if (!Float.isNaN(float16)) {
        assertThat(HalfFloats.toFloat16(float16)).isEqualTo((short) half);
      }
      if (!Float.isNaN(bfloat16)) {
        assertThat(HalfFloats.toBfloat16(bfloat16)).isEqualTo((short) half);
      }
    }
    assertThat(HalfFloats.fromFloat16(HalfFloats.toFloat16(Float.NaN))).isNaN();
    assertThat(HalfFloats.fromBfloat16(HalfFloats.toBfloat16(Float.NaN))).isNaN();
  }

  /** 1 + 2^-11 lies between 1 and the next float16, 1 + 2^-10; likewise 1 + 2^-8 for bfloat16. */
  @Test
  void tiesGoToEven() {
    assertThat(HalfFloats.toFloat16(1 + 0x1p-11f)).isEqualTo((short) 0x3c00);
    assertThat(HalfFloats.toFloat16(1 + 0x3p-11f)).isEqualTo((short) 0x3c02);
    assertThat(HalfFloats.toFloat16(65519)).isEqualTo((short) 0x7bff);
    assertThat(HalfFloats.toFloat16(65520)).isEqualTo((short) 0x7c00);
    assertThat(HalfFloats.toBfloat16(1 + 0x1p-8f)).isEqualTo((short) 0x3f80);
    assertThat(HalfFloats.toBfloat16(1 + 0x3p-8f)).isEqualTo((short) 0x3f82);
  }
}
