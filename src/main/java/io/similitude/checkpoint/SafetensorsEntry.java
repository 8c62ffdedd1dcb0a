package io.similitude.checkpoint;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** A tensor as a safetensors header describes it; its bytes are exactly those of its shape. */
final class SafetensorsEntry {
  private static final Map<String, DType> TYPES =
      Map.of(
          "F32", DType.FLOAT32,
          "F64", DType.FLOAT64,
          "F16", DType.FLOAT16,
          "BF16", DType.BFLOAT16,
          "I64", DType.INT64,
          "I32", DType.INT32,
          "I16", DType.INT16,
          "I8", DType.INT8,
          "U8", DType.UINT8,
          "BOOL", DType.BOOL);

  private final String name;
  private final DType dtype;
  private final long[] shape;
  private final long begin;
  private final long end;

  private SafetensorsEntry(String name, Members members) throws MalformedException {
    this.name = TensorNames.require(name);
    this.dtype = TYPES.get(members.dtype);
    this.shape = members.shape;
    if (dtype == null) {
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

  /** What a header calls a type. */
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

  /** The first byte of the elements, counted from the beginning of the data. */
  long begin() {
    return begin;
  }

  /** The byte after the last. */
  long end() {
    return end;
  }

  Tensor read(FileBytes file, long dataStart) throws IOException {
    return new Tensor(dtype, shape, file.read(dataStart + begin, end - begin, "its data"));
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

  private void requireBytesOfShape() throws MalformedException {
    try {
      long bytes = Math.multiplyExact(Tensor.elementsOf(shape), dtype.size());
      if (begin >= 0 && begin <= end && end - begin == bytes) {
        return;
      }
    } catch (ArithmeticException | IllegalArgumentException e) {
      // told below, with the numbers
    }
    throw malformed(
        "lies at bytes "
            + begin
            + " to "
            + end
            + ", which are not the bytes of "
            + dtype
            + Arrays.toString(shape));
  }

  private MalformedException malformed(String what) {
    return new MalformedException("its tensor " + MalformedException.quote(name) + " " + what);
  }

  /** What is not there stays empty, and is refused with the rest. */
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
