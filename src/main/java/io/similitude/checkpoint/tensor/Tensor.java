package io.similitude.checkpoint.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A tensor as data: element type, shape, and elements. The elements are contiguous, row-major (the
 * last dimension varies fastest) and little-endian. Immutable; at most 2 GiB.
 */
public final class Tensor {
  private final DType dtype;
  private final long[] shape;
  private final ByteBuffer bytes;

  /**
   * A tensor of these bytes.
   *
   * @param bytes the elements from position to limit, not copied: nobody may write to them later
   */
  public Tensor(DType dtype, long[] shape, ByteBuffer bytes) {
    this.dtype = dtype;
    this.shape = shape.clone();
    this.bytes = bytes.slice().asReadOnlyBuffer();
    if (Math.multiplyExact(elementsOf(shape), dtype.size()) != this.bytes.limit()) {
      throw new IllegalArgumentException(
          "Invalid tensor: "
              + this.bytes.limit()
              + " bytes of "
              + dtype
              + " (must fill the shape "
              + Arrays.toString(shape)
              + ")");
    }
  }

  /** A float32 tensor of these values. Without a shape it is a scalar. */
  public static Tensor of(float[] values, long... shape) {
    ByteBuffer bytes = allocate(DType.FLOAT32, values.length);
    bytes.asFloatBuffer().put(values);
    return new Tensor(DType.FLOAT32, shape, bytes);
  }

  /**
   * A tensor of these bytes, little-endian and row-major.
   *
   * @param bytes the elements from position to limit, not copied: nobody may write to them later
   */
  public static Tensor ofBytes(DType dtype, long[] shape, ByteBuffer bytes) {
    return new Tensor(dtype, shape, bytes);
  }

  /** An int64 tensor of these values. Without a shape it is a scalar. */
  public static Tensor ofLongs(long[] values, long... shape) {
    ByteBuffer bytes = allocate(DType.INT64, values.length);
    bytes.asLongBuffer().put(values);
    return new Tensor(DType.INT64, shape, bytes);
  }

  public DType dtype() {
    return dtype;
  }

  /** The sizes of the dimensions; empty for a scalar. */
  public long[] shape() {
    return shape.clone();
  }

  /** The number of elements: the product of the shape. */
  public long elements() {
    return bytes.limit() / dtype.size();
  }

  /**
   * The elements: a read-only, little-endian view from position 0. It is independent of other
   * views.
   */
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The elements as floats. float32 is kept bit for bit; float16 and bfloat16 are exact. Wider
   * types are rounded to the nearest float. Booleans become 0 and 1.
   */
  public float[] toFloats() {
    float[] floats = new float[(int) elements()];
    ByteBuffer source = bytes();
    if (dtype == DType.FLOAT32) {
      source.asFloatBuffer().get(floats);
      return floats;
    }
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) dtype.decode(source, i * dtype.size());
    }
    return floats;
  }

  /** This tensor as float32, as {@link #toFloats} converts it. */
  public Tensor toFloat32() {
    return dtype == DType.FLOAT32 ? this : of(toFloats(), shape);
  }

  /** This tensor with elements of another type, each rounded to the nearest one. */
  public Tensor to(DType target) {
    if (dtype == target) {
      return this;
    }
    ByteBuffer source = bytes();
    ByteBuffer converted = allocate(target, elements());
    for (int i = 0; i < elements(); i++) {
      target.encode(dtype.decode(source, i * dtype.size()), converted, i * target.size());
    }
    return new Tensor(target, shape, converted);
  }

  /** Whether no element is NaN or infinite. */
  boolean isFinite() {
    if (!dtype.isFloating()) {
      return true;
    }
    ByteBuffer source = bytes();
    for (int at = 0; at < source.limit(); at += dtype.size()) {
      if (!Double.isFinite(dtype.decode(source, at))) {
        return false;
      }
    }
    return true;
  }

  /** {@code FLOAT32[16, 3, 3, 3]}. */
  @Override
  public String toString() {
    return dtype + Arrays.toString(shape);
  }

  public static ByteBuffer allocate(DType dtype, long elements) {
    return ByteBuffer.allocate(Math.toIntExact(Math.multiplyExact(elements, dtype.size())))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The product of a shape.
   *
   * @throws ArithmeticException when it does not fit into a long
   * @throws IllegalArgumentException when a size is negative
   */
  public static long elementsOf(long... shape) {
    if (Arrays.stream(shape).anyMatch(size -> size < 0)) {
      throw new IllegalArgumentException(
          "Invalid shape: " + Arrays.toString(shape) + " (no size may be negative)");
    }
    if (Arrays.stream(shape).anyMatch(size -> size == 0)) {
      return 0;
    }
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }
}
