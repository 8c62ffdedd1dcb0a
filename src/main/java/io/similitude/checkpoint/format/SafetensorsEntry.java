package io.similitude.checkpoint.format;

import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.FileBytes;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StoredTensor;
import io.similitude.checkpoint.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** A tensor as a safetensors header describes it; its bytes are exactly those of its shape. */
final class SafetensorsEntry implements StoredTensor {
  private static final Map<String, DType> TYPES =
      Map.ofEntries(
          Map.entry("F32", DType.FLOAT32),
          Map.entry("F64", DType.FLOAT64),
          Map.entry("F16", DType.FLOAT16),
          Map.entry("BF16", DType.BFLOAT16),
          Map.entry("F8_E4M3", DType.FLOAT8_E4M3),
          Map.entry("F8_E5M2", DType.FLOAT8_E5M2),
          Map.entry("I64", DType.INT64),
          Map.entry("I32", DType.INT32),
          Map.entry("I16", DType.INT16),
          Map.entry("I8", DType.INT8),
          Map.entry("U8", DType.UINT8),
          Map.entry("BOOL", DType.BOOL));

  /** Types that cannot be read, with their sizes. */
  private static final Map<String, Integer> UNREAD =
      Map.of("U16", 2, "U32", 4, "U64", 8, "C64", 8, "F8_E8M0", 1);

  private final String name;
  private final String type;
  private final long[] shape;
  private final long begin;
  private final long end;

  private SafetensorsEntry(String name, Members members) throws MalformedException {
    this.name = TensorNames.require(name);
    this.type = members.dtype;
    this.shape = members.shape;
    if (!TYPES.containsKey(type) && !UNREAD.containsKey(type)) {
      throw malformed(
          "has elements of type "
              + MalformedException.quote(members.dtype)
              + ", which cannot be read (save it as F32, F16 or BF16)");
    }
    if (members.offsets.length != 2) {
      throw malformed("has no data_offsets of two numbers");
    }
    this.begin = members.offsets[0];
    this.end = members.offsets[1];
    requireBytesOfShape();
  }

  /** {@code {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}. */
  static SafetensorsEntry read(String name, JsonObjects json) throws IOException {
    Members members = new Members();
    json.readObject(members);
    return new SafetensorsEntry(name, members);
  }

  /** The name of a type in a header. */
  static String word(DType dtype) {
    return TYPES.entrySet().stream()
        .filter(type -> type.getValue() == dtype)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  String name() {
    return name;
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  @Override
  public Optional<DType> dtype() {
    return Optional.ofNullable(TYPES.get(type));
  }

  @Override
  public Optional<String> refusal() {
    return dtype().isPresent()
        ? Optional.empty()
        : Optional.of(
            "has elements of type "
                + type
                + ", which cannot be read (save it as F32, F16 or BF16)");
  }

  @Override
  public Object memory() {
    return name;
  }

  /** The position of the first byte of the elements, counted from the beginning of the data. */
  long begin() {
    return begin;
  }

  /** The position after the last byte. */
  long end() {
    return end;
  }

  Tensor read(FileBytes file, long dataStart) throws IOException {
    return new Tensor(
        dtype().orElseThrow(() -> malformed(refusal().orElseThrow())),
        shape,
        file.read(dataStart + begin, end - begin, "its data"));
  }

  void requireBegin(long expected) throws MalformedException {
    if (begin != expected) {
      throw malformed(
          "begins at byte "
              + begin
              + " of the data, the one before it ends at "
              + expected
              + " (there may be no gap and no overlap)");
    }
  }

  private int size() {
    return dtype().map(DType::size).orElseGet(() -> UNREAD.get(type));
  }

  private void requireBytesOfShape() throws MalformedException {
    try {
      long bytes = Math.multiplyExact(Tensor.elementsOf(shape), size());
      if (begin >= 0 && begin <= end && end - begin == bytes) {
        return;
      }
    } catch (ArithmeticException | IllegalArgumentException e) {
      // reported below, with the numbers
    }
    throw malformed(
        "lies at bytes "
            + begin
            + " to "
            + end
            + ", which are not the bytes of "
            + dtype().map(DType::toString).orElse(type)
            + Arrays.toString(shape));
  }

  private MalformedException malformed(String what) {
    return new MalformedException("its tensor " + MalformedException.quote(name) + " " + what);
  }

  /** Reads the members of an entry. Missing members stay empty and are rejected later. */
  private static final class Members implements JsonObjects.Member {
    private static final int MOST_DIMENSIONS = 10;

    private String dtype = "";
    private long[] shape = {};
    private long[] offsets = {};

    @Override
    public void read(String name, JsonObjects value) throws IOException {
      switch (name) {
        case "dtype" -> dtype = value.readText();
        case "shape" -> shape = value.readLongs(MOST_DIMENSIONS);
        case "data_offsets" -> offsets = value.readLongs(2);
        default -> value.skip();
      }
    }
  }
}
