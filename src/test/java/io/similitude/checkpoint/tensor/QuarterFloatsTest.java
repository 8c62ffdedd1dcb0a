package io.similitude.checkpoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class QuarterFloatsTest {
  /** Table 1 of Micikevicius et al. 2022. */
  @ParameterizedTest
  @CsvSource({
    "E4M3, 0x7E, 448",
    "E4M3, 0x08, 0.015625",
    "E4M3, 0x07, 0.013671875",
    "E4M3, 0x01, 0.001953125",
    "E4M3, 0x38, 1",
    "E4M3, 0xB9, -1.125",
    "E5M2, 0x7B, 57344",
    "E5M2, 0x04, 0.00006103515625",
    "E5M2, 0x03, 0.0000457763671875",
    "E5M2, 0x01, 0.0000152587890625",
    "E5M2, 0x7C, Infinity",
    "E5M2, 0xFC, -Infinity",
    "E5M2, 0x3D, 1.25",
  })
  void decodesWhatTheFormatSays(QuarterFloats format, String code, float value) {
    assertThat(format.decode(Integer.decode(code).byteValue())).isEqualTo(value);
  }

  @ParameterizedTest
  @EnumSource
  void encodesEveryValueAsItself(QuarterFloats format) {
    for (int code = 0; code < 256; code++) {
      float value = format.decode((byte) code);
      if (Float.isNaN(value)) {
        assertThat(format.decode(format.encode(value))).isNaN();
      } else {
        assertThat(format.encode(value)).isEqualTo((byte) code);
      }
    }
  }

  @Test
  void roundsToTheNearestAndTiesToEven() {
    assertThat(QuarterFloats.E4M3.encode(1.07f)).isEqualTo((byte) 0x39);
    assertThat(QuarterFloats.E4M3.encode(1.0625f)).isEqualTo((byte) 0x38);
    assertThat(QuarterFloats.E4M3.encode(1.1875f)).isEqualTo((byte) 0x3a);
    assertThat(QuarterFloats.E4M3.encode(1e6f)).isEqualTo((byte) 0x7e);
  }
}
