package io.similitude.checkpoint.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.pickle.PickleValue;
import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TensorRefTest {
  private static final int STORED = 6;
  private static final ByteBuffer STORAGE =
      ByteBuffer.wrap(TestArchive.floats(0, 1, 2, 3, 4, 5)).asReadOnlyBuffer();

  /** Every small window: read as its definition says, or refused when an element lies outside. */
  @Test
  void readsEveryWindowInsideItsStorageAndNoOther() {
    int read = 0;
    for (int code = 0; code < 8 * 4 * 4 * 5 * 5; code++) {
      int offset = code % 8 - 1;
      long[] shape = {code / 8 % 4, code / 32 % 4};
      long[] strides = {code / 128 % 5 - 1, code / 640 - 1};
      Optional<List<Float>> expected = window(offset, shape, strides);
      if (expected.isEmpty()) {
        assertThatThrownBy(() -> ref(offset, shape, strides))
            .isInstanceOf(MalformedException.class)
            .hasMessageContaining("does not lie inside its storage");
      } else {
        assertThat(values(offset, shape, strides)).isEqualTo(expected.get());
        read++;
      }
    }
    assertThat(read).isBetween(1000, 2800);
  }

  /** Numbers of the storage's type and of another; nothing beside the window changes. */
  @Test
  void writesEveryWindowWhereItReadsIt() throws MalformedException {
    int written = 0;
    for (int code = 0; code < 6 * 3 * 3 * 4 * 4; code++) {
      int offset = code % 6;
      long[] shape = {code / 6 % 3 + 1, code / 18 % 3 + 1};
      long[] strides = {code / 54 % 4, code / 216};
      List<Float> places = window(offset, shape, strides).orElse(List.of());
      if (!places.isEmpty() && Set.copyOf(places).size() == places.size()) {
        List<Float> expected = new ArrayList<>(List.of(0f, 1f, 2f, 3f, 4f, 5f));
        float[] floats = new float[places.size()];
        long[] longs = new long[places.size()];
        for (int i = 0; i < longs.length; i++) {
          longs[i] = 10L + i;
          floats[i] = longs[i];
          expected.set(places.get(i).intValue(), floats[i]);
        }
        TensorRef target = ref(offset, shape, strides);
        assertThat(written(target, Tensor.of(floats, shape))).isEqualTo(expected);
        assertThat(written(target, Tensor.ofLongs(longs, shape))).isEqualTo(expected);
        written++;
      }
    }
    assertThat(written).isBetween(100, 600);
  }

  @Test
  void knowsWhatNeedsNoCopy() throws MalformedException {
    assertThat(ref(0, new long[] {2, 3}, new long[] {3, 1}).isContiguous()).isTrue();
    assertThat(ref(1, new long[] {1, 3, 1}, new long[] {99, 1, 77}).isContiguous()).isTrue();
    assertThat(ref(0, new long[] {0, 3}, new long[] {1, 7}).isContiguous()).isTrue();
    assertThat(ref(0, new long[] {3, 2}, new long[] {1, 3}).isContiguous()).isFalse();
    assertThat(ref(0, new long[] {3}, new long[] {2}).isContiguous()).isFalse();
  }

  @Test
  void refusesNumbersThatOverflow() {
    long huge = Long.MAX_VALUE / 2;
    for (long[][] window :
        new long[][][] {
          {{huge, huge}, {0, 0}},
          {{huge}, {huge}},
          {{3, 3}, {huge, huge}},
          {{2, 2, 2, 2, 2}, {huge, huge, huge, huge, 2}},
          {{-1}, {1}},
          {{Long.MIN_VALUE}, {1}},
          {{2}, {Long.MIN_VALUE}},
          {{2}, {1, 1}},
          {{}, {1}},
        }) {
      assertThatThrownBy(() -> ref(1, window[0], window[1]))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("does not lie inside its storage");
    }
    assertThatThrownBy(() -> ref(Long.MAX_VALUE, new long[] {2}, new long[] {1}))
        .hasMessageContaining("does not lie inside its storage");
    assertThatThrownBy(() -> ref(0, new long[11], new long[11]))
        .hasMessage("its pickle has a tensor of 11 dimensions (must be at most 10)");
  }

  /** The elements by definition, or nothing when one is outside or a stride is negative. */
  private static Optional<List<Float>> window(long offset, long[] shape, long[] strides) {
    List<Float> values = new ArrayList<>();
    for (long i = 0; i < shape[0]; i++) {
      for (long j = 0; j < shape[1]; j++) {
        long at = offset + i * strides[0] + j * strides[1];
        if (at < 0 || at >= STORED || strides[0] < 0 || strides[1] < 0) {
          return Optional.empty();
        }
        values.add((float) at);
      }
    }
    return Optional.of(values);
  }

  private static List<Float> written(TensorRef target, Tensor tensor) throws MalformedException {
    ByteBuffer bytes = ByteBuffer.wrap(TestArchive.floats(0, 1, 2, 3, 4, 5));
    target.write(tensor, bytes.order(ByteOrder.LITTLE_ENDIAN));
    List<Float> values = new ArrayList<>();
    for (float value : ref(0, new long[] {STORED}, new long[] {1}).in(bytes).toFloats()) {
      values.add(value);
    }
    return values;
  }

  private static List<Float> values(long offset, long[] shape, long[] strides) {
    try {
      List<Float> values = new ArrayList<>();
      for (float value : ref(offset, shape, strides).in(STORAGE).toFloats()) {
        values.add(value);
      }
      return values;
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static TensorRef ref(long offset, long[] shape, long[] strides)
      throws MalformedException {
    StorageType floats = new StorageType("FloatStorage", Float.BYTES, Optional.of(DType.FLOAT32));
    StorageRef storage = new StorageRef("0", floats, STORED);
    return new TensorRef(storage, DType.FLOAT32, offset, tuple(shape), tuple(strides), false);
  }

  private static PickleValue.Sequence tuple(long[] values) {
    List<PickleValue> items = new ArrayList<>();
    for (long value : values) {
      items.add(new PickleValue.Whole(value));
    }
    return PickleValue.Sequence.tuple(items);
  }
}
