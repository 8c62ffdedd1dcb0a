package io.similitude.checkpoint.tensor;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The type of a tensor's elements. These are the types of PyTorch that weights and related tensors
 * use.
 */
public enum DType {
  FLOAT32(Float.BYTES, "FloatStorage", true),
  FLOAT64(Double.BYTES, "DoubleStorage", true),
  FLOAT16(Short.BYTES, "HalfStorage", true),
  BFLOAT16(Short.BYTES, "BFloat16Storage", true),
  /** Four bits of exponent, three of fraction; no infinity (torch.float8_e4m3fn). */
  FLOAT8_E4M3(Byte.BYTES, "", true),
  /** Five bits of exponent, two of fraction (torch.float8_e5m2). */
  FLOAT8_E5M2(Byte.BYTES, "", true),
  INT64(Long.BYTES, "LongStorage", false),
  INT32(Integer.BYTES, "IntStorage", false),
  INT16(Short.BYTES, "ShortStorage", false),
  INT8(Byte.BYTES, "CharStorage", false),
  UINT8(Byte.BYTES, "ByteStorage", false),
  BOOL(Byte.BYTES, "BoolStorage", false);

  private final int size;
  private final String storageClass;
  private final boolean floating;

  DType(int size, String storageClass, boolean floating) {
    this.size = size;
    this.storageClass = storageClass;
    this.floating = floating;
  }

  /** The bytes of one element. */
  public int size() {
    return size;
  }

  /**
   * The class in Python's module {@code torch} that holds such elements: {@code FloatStorage}.
   * Types of eight bits have no class.
   */
  public String storageClass() {
    return storageClass;
  }

  /** Whether the elements can be NaN or infinite. */
  public boolean isFloating() {
    return floating;
  }

  public static Optional<DType> ofStorageClass(String name) {
    return Arrays.stream(values())
        .filter(type -> !name.isEmpty() && type.storageClass.equals(name))
        .findFirst();
  }

  /**
   * The element at a byte position. It is exact for all types except int64, which is rounded to the
   * nearest double.
   */
  public double decode(ByteBuffer bytes, int at) {
    return switch (this) {
      case FLOAT32 -> bytes.getFloat(at);
      case FLOAT64 -> bytes.getDouble(at);
      case FLOAT16 -> HalfFloats.fromFloat16(bytes.getShort(at));
      case BFLOAT16 -> HalfFloats.fromBfloat16(bytes.getShort(at));
      case FLOAT8_E4M3 -> QuarterFloats.E4M3.decode(bytes.get(at));
      case FLOAT8_E5M2 -> QuarterFloats.E5M2.decode(bytes.get(at));
      case INT64 -> (double) bytes.getLong(at);
      case INT32 -> bytes.getInt(at);
      case INT16 -> bytes.getShort(at);
      case INT8 -> bytes.get(at);
      case UINT8 -> Byte.toUnsignedInt(bytes.get(at));
      case BOOL -> bytes.get(at) == 0 ? 0 : 1;
    };
  }

  /** Writes a number at a byte position, rounded to the nearest element; little-endian. */
  public void encode(double value, ByteBuffer bytes, int at) {
    switch (this) {
      case FLOAT32 -> bytes.putFloat(at, (float) value);
      case FLOAT64 -> bytes.putDouble(at, value);
      case FLOAT16 -> bytes.putShort(at, HalfFloats.toFloat16((float) value));
      case BFLOAT16 -> bytes.putShort(at, HalfFloats.toBfloat16((float) value));
      case FLOAT8_E4M3 -> bytes.put(at, QuarterFloats.E4M3.encode((float) value));
      case FLOAT8_E5M2 -> bytes.put(at, QuarterFloats.E5M2.encode((float) value));
      case INT64 -> bytes.putLong(at, Math.round(value));
      case INT32 -> bytes.putInt(at, (int) Math.round(value));
      case INT16 -> bytes.putShort(at, (short) Math.round(value));
      case INT8, UINT8 -> bytes.put(at, (byte) Math.round(value));
      case BOOL -> bytes.put(at, (byte) (value == 0 ? 0 : 1));
    }
  }
}
