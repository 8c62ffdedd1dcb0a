package io.similitude.checkpoint.exported;

import com.fasterxml.jackson.databind.JsonNode;
import io.similitude.checkpoint.format.TensorNames;
import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.checkpoint.torch.TorchArchive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tensors of an archive of PyTorch 2.8 or newer. Each tensor has a record of raw elements, or
 * several tensors share one record. A list says where each tensor is in its record.
 */
final class RawWeights {
  private static final long LONGEST_LIST = 64 << 20;
  private static final long LONGEST_RECORD = Integer.MAX_VALUE - 8L;
  private static final int MOST_DIMENSIONS = 10;

  /** The types of elements, by their numbers in the file. */
  private static final Map<Integer, DType> TYPES =
      Map.of(
          1, DType.UINT8,
          2, DType.INT8,
          3, DType.INT16,
          4, DType.INT32,
          5, DType.INT64,
          6, DType.FLOAT16,
          7, DType.FLOAT32,
          8, DType.FLOAT64,
          12, DType.BOOL,
          13, DType.BFLOAT16);

  private final TorchArchive archive;
  private final String folder;
  private final Map<String, ByteBuffer> records = new HashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, Object> memory = new HashMap<>();

  private RawWeights(TorchArchive archive, String folder) {
    this.archive = archive;
    this.folder = folder;
  }

  /** Reads the tensors of a list, by their names. */
  static HeldTensors read(TorchArchive archive, String folder, String list) throws IOException {
    RawWeights weights = new RawWeights(archive, folder);
    ExportJson.read(
        archive.read(folder + list, LONGEST_LIST),
        "its list of weights",
        (name, value) -> {
          if (name.equals("config")) {
            value.eachMember(weights::tensor);
          } else {
            value.skip();
          }
        });
    return HeldTensors.of(new StateDict(weights.tensors), weights.memory);
  }

  private void tensor(String name, ExportJson value) throws IOException {
    TensorNames.requireCount(tensors.size() + 1);
    TensorNames.require(name);
    JsonNode entry = value.tree();
    String record = ExportJson.text(entry.path("path_name"), "the place of a tensor");
    if (entry.path("use_pickle").asBoolean(false)) {
      throw malformed(
          name, "is pickled by itself, which cannot be read (is it a tensor subclass?)");
    }
    JsonNode meta = entry.path("tensor_meta");
    tensors.put(name, tensor(name, meta, bytes(record)));
    memory.put(
        name,
        List.of(record, meta.path("sizes"), meta.path("strides"), meta.path("storage_offset")));
  }

  private ByteBuffer bytes(String record) throws IOException {
    ByteBuffer known = records.get(record);
    if (known == null) {
      known =
          ByteBuffer.wrap(archive.read(folder + record, LONGEST_RECORD))
              .order(ByteOrder.LITTLE_ENDIAN);
      records.put(record, known);
    }
    return known;
  }

  private Tensor tensor(String name, JsonNode meta, ByteBuffer bytes) throws MalformedException {
    DType type =
        Optional.ofNullable(TYPES.get((int) ExportJson.whole(meta.path("dtype"), "a type")))
            .orElseThrow(
                () -> malformed(name, "has elements of type " + meta.path("dtype").asText()));
    long[] shape = longs(name, meta.path("sizes"));
    long[] strides = longs(name, meta.path("strides"));
    long offset = ExportJson.whole(meta.path("storage_offset").path("as_int"), "an offset");
    long elements = requireInside(name, shape, strides, offset, bytes.limit() / type.size());
    if (isTogether(shape, strides)) {
      int from = elements == 0 ? 0 : Math.toIntExact(offset * type.size());
      return Tensor.ofBytes(
          type,
          shape,
          bytes.slice(from, (int) elements * type.size()).order(ByteOrder.LITTLE_ENDIAN));
    }
    archive.allowance().take(elements * type.size());
    return Tensor.ofBytes(type, shape, copy(bytes, type, shape, strides, offset, (int) elements));
  }

  private static ByteBuffer copy(
      ByteBuffer bytes, DType type, long[] shape, long[] strides, long offset, int elements) {
    int size = type.size();
    ByteBuffer copy = ByteBuffer.allocate(elements * size).order(ByteOrder.LITTLE_ENDIAN);
    long[] index = new long[shape.length];
    long at = offset;
    for (int n = 0; n < elements; n++) {
      copy.put(n * size, bytes, (int) at * size, size);
      for (int d = shape.length - 1; d >= 0; d--) {
        at += strides[d];
        if (++index[d] < shape[d]) {
          break;
        }
        at -= index[d] * strides[d];
        index[d] = 0;
      }
    }
    return copy;
  }

  /** Whether the elements are contiguous and the last dimension varies fastest. */
  private static boolean isTogether(long[] shape, long[] strides) {
    long expected = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] > 1 && strides[d] != expected) {
        return false;
      }
      expected *= shape[d];
    }
    return true;
  }

  private static long requireInside(
      String name, long[] shape, long[] strides, long offset, long held) throws MalformedException {
    try {
      long elements = 1;
      long last = offset;
      for (int d = 0; d < shape.length; d++) {
        elements = Math.multiplyExact(elements, shape[d]);
        last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[d] - 1), strides[d]));
      }
      boolean valid = strides.length == shape.length && offset >= 0;
      if (valid && elements <= LONGEST_RECORD && (elements == 0 || last < held)) {
        return elements;
      }
    } catch (ArithmeticException | ArrayIndexOutOfBoundsException e) {
      // reported below, with the numbers
    }
    throw malformed(
        name,
        "does not lie inside its record: shape %s, strides %s, offset %d, record of %d elements"
            .formatted(Arrays.toString(shape), Arrays.toString(strides), offset, held));
  }

  private static long[] longs(String name, JsonNode sizes) throws MalformedException {
    if (!sizes.isArray() || sizes.size() > MOST_DIMENSIONS) {
      throw malformed(name, "has no shape of at most 10 dimensions");
    }
    long[] longs = new long[sizes.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = ExportJson.whole(sizes.get(i).path("as_int"), "a size");
      if (longs[i] < 0) {
        throw malformed(name, "has a negative size or stride");
      }
    }
    return longs;
  }

  private static MalformedException malformed(String name, String what) {
    return new MalformedException("its tensor " + MalformedException.quote(name) + " " + what);
  }
}
