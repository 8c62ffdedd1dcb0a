package io.similitude.checkpoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

final class TensorTest {
  @Test
  void holdsFloatsRowMajorAndLittleEndian() {
    Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

    assertThat(tensor.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(tensor.shape()).containsExactly(2, 3);
    assertThat(tensor.elements()).isEqualTo(6);
    assertThat(tensor.bytes().getFloat(3 * Float.BYTES)).isEqualTo(4f);
    assertThat(tensor.bytes().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(tensor).hasToString("FLOAT32[2, 3]");
  }

  @Test
  void keepsEveryBitOfAFloat() {
    float[] values = {
      -0f, Float.MIN_VALUE, Float.intBitsToFloat(0x7fc00123), Float.NEGATIVE_INFINITY
    };

    float[] back = Tensor.of(values, 4).toFloats();

    for (int i = 0; i < values.length; i++) {
      assertThat(Float.floatToRawIntBits(back[i])).isEqualTo(Float.floatToRawIntBits(values[i]));
    }
  }

  @Test
  void isAScalarWithoutAShape() {
    assertThat(Tensor.ofLongs(new long[] {7}).shape()).isEmpty();
    assertThat(Tensor.ofLongs(new long[] {7}).toFloats()).containsExactly(7f);
  }

  @Test
  void mayBeEmptyInAnyDimension() {
    assertThat(Tensor.of(new float[0], 3, 0, Long.MAX_VALUE).elements()).isZero();
  }

  @Test
  void cannotBeChangedFromOutside() {
    long[] shape = {1};
    Tensor tensor = Tensor.of(new float[] {1}, shape);
    shape[0] = 5;
    tensor.shape()[0] = 5;
    ByteBuffer view = tensor.bytes();
    view.position(4);

    assertThat(tensor.shape()).containsExactly(1);
    assertThat(tensor.bytes().remaining()).isEqualTo(4);
    assertThatThrownBy(() -> tensor.bytes().putFloat(0, 2f))
        .isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void refusesAShapeThatTheValuesDoNotFill() {
    assertThatThrownBy(() -> Tensor.of(new float[5], 2, 3))
        .hasMessage("Invalid tensor: 20 bytes of FLOAT32 (must fill the shape [2, 3])");
    assertThatThrownBy(() -> Tensor.of(new float[6], -2, -3))
        .hasMessage("Invalid shape: [-2, -3] (no size may be negative)");
    assertThatThrownBy(() -> Tensor.of(new float[0], 1L << 32, 1L << 32))
        .isInstanceOf(ArithmeticException.class);
  }
}
