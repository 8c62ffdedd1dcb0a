package io.similitude.checkpoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateDictTest {
  private static final Tensor ONE = Tensor.of(new float[] {1}, 1);

  @Test
  void keepsTheOrderOfInsertion() {
    assertThat(dict("z", "a", "m").names()).containsExactly("z", "a", "m");
    assertThat(dict("z").get("z")).contains(ONE);
    assertThat(dict("z").get("y")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void namesTheFirstTensorThatIsNotFinite(float bad) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("counter", Tensor.ofLongs(new long[] {Long.MAX_VALUE}));
    tensors.put("good", ONE);
    tensors.put("bad", Tensor.of(new float[] {0, bad}, 2));
    tensors.put("worse", Tensor.of(new float[] {bad, bad}, 2));

    assertThat(new StateDict(tensors).firstNonFinite()).contains("bad");
  }

  @Test
  void knowsLargeButFiniteNumbersOfEveryFloatingType() {
    ByteBuffer huge = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0, 1e300);
    ByteBuffer half = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(single(new Tensor(DType.FLOAT64, new long[] {1}, huge)).firstNonFinite()).isEmpty();
    half.putShort(0, (short) 0x7bff);
    assertThat(single(new Tensor(DType.FLOAT16, new long[] {1}, half)).firstNonFinite()).isEmpty();
    half.putShort(0, (short) 0x7c00);
    assertThat(single(new Tensor(DType.FLOAT16, new long[] {1}, half)).firstNonFinite())
        .contains("w");
    half.putShort(0, (short) 0xff81);
    assertThat(single(new Tensor(DType.BFLOAT16, new long[] {1}, half)).firstNonFinite())
        .contains("w");
  }

  private static StateDict single(Tensor tensor) {
    return new StateDict(Map.of("w", tensor));
  }

  private static StateDict dict(String... names) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      tensors.put(name, ONE);
    }
    return new StateDict(tensors);
  }
}
