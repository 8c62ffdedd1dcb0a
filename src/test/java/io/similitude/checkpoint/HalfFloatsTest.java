package io.similitude.checkpoint;

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
}
