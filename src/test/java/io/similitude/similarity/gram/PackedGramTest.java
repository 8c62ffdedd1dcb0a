package io.similitude.similarity.gram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.measure.Features;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PackedGramTest {
  @Test
  void readsEitherTriangle() {
    PackedGram gram = PackedGram.of(3, new float[] {1, 2, 3, 4, 5, 6});

    assertThat(new float[] {gram.get(0, 2), gram.get(2, 0), gram.get(1, 1), gram.get(2, 1)})
        .containsExactly(3, 3, 4, 5);
  }

  @Test
  void bytesAreLittleEndianAndComeBack() {
    PackedGram gram = PackedGram.of(2, new float[] {1, -2, 0.5f});

    assertThat(gram.toBytes()).containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0x3f);
    assertThat(PackedGram.ofBytes(2, gram.toBytes())).isEqualTo(gram).hasSameHashCodeAs(gram);
  }

  @Test
  void namesTheFirstNonFiniteEntry() {
    PackedGram gram =
        PackedGram.of(3, new float[] {1, 2, 3, 4, Float.NaN, Float.POSITIVE_INFINITY});

    assertThat(gram.firstNonFinite()).hasValue(new PackedGram.Entry(1, 2, Float.NaN));
    assertThat(PackedGram.of(1, new float[] {Float.MAX_VALUE}).firstNonFinite()).isEmpty();
  }

  @Test
  void centreOffsetTellsCentredFromUncentredFeatures() {
    PackedGram centred = Features.gram32(Features.normal(new Random(7), 20, 30));
    PackedGram equal = PackedGram.of(3, new float[] {4, 4, 4, 4, 4, 4});

    // float32 keeps seven digits of each entry, so of a row's sum.
    assertThat(centred.centreOffset()).isLessThan(1e-6);
    assertThat(equal.centreOffset()).isEqualTo(1, within(1e-15));
    assertThat(PackedGram.of(2, new float[3]).centreOffset()).isZero();
  }

  @Test
  void lengthsMustFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PackedGram.of(3, new float[5]))
        .withMessage("Invalid packed Gram matrix: 5 numbers (must be 6 for n = 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PackedGram.ofBytes(3, new byte[6]))
        .withMessage("Invalid packed Gram matrix: 6 bytes (must be 24 for n = 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PackedGram.length(0))
        .withMessage("Invalid number of examples: 0 (must be positive)");
  }
}
