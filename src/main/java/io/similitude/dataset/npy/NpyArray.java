package io.similitude.dataset.npy;

import io.similitude.checkpoint.tensor.HalfFloats;
import io.similitude.dataset.image.ImageArray;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An array in NumPy's {@code .npy} format: booleans, integers or floats ({@link NpyType}), of
 * either byte order, in C's or Fortran's order. In memory the values are always in row-major order.
 * Arrays that are created here are little-endian. An array has at most 2 GiB of values.
 *
 * <p>It is immutable: it copies arrays that it takes or returns.
 */
public final class NpyArray {
  /** The longest byte array that every JVM can allocate. */
  private static final BigInteger MOST_BYTES = BigInteger.valueOf(Integer.MAX_VALUE - 8);

  private final NpyHeader header;
  private final byte[] values;

  private NpyArray(NpyHeader header, byte[] values) {
    this.header = header;
    this.values = values;
  }

  /** An array of float32. */
  public static NpyArray of(float[] values, int... shape) {
    NpyArray array = zeros(NpyType.FLOAT32, values.length, shape);
    array.buffer().asFloatBuffer().put(values);
    return array;
  }

  /** An array of float64. */
  public static NpyArray of(double[] values, int... shape) {
    NpyArray array = zeros(NpyType.FLOAT64, values.length, shape);
    array.buffer().asDoubleBuffer().put(values);
    return array;
  }

  /** An array of int64. */
  public static NpyArray of(long[] values, int... shape) {
    NpyArray array = zeros(NpyType.INT64, values.length, shape);
    array.buffer().asLongBuffer().put(values);
    return array;
  }

  /** One row of an array with this header: the values for one index on its first axis. */
  public static NpyArray row(NpyHeader header, byte[] values) {
    return new NpyArray(header, values);
  }

  private static NpyArray zeros(NpyType type, int values, int... shape) {
    boolean negative = Arrays.stream(shape).anyMatch(dimension -> dimension < 0);
    if (negative || !product(shape).equals(BigInteger.valueOf(values))) {
      throw new IllegalArgumentException(
          "Invalid shape: [%s] (must hold %d values)".formatted(ImageArray.text(shape), values));
    }
    NpyHeader header = new NpyHeader(type, ByteOrder.LITTLE_ENDIAN, shape.clone());
    return new NpyArray(header, new byte[Math.multiplyExact(values, type.bytes())]);
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it is not such an array, or holds less or more than its header
   *     promises
   */
  public static NpyArray read(String location, FileAccess files) {
    try (InputStream in = files.open(location)) {
      return read(location, in);
    } catch (IOException e) {
      throw files.cannotRead(location, e);
    }
  }

  /**
   * Reads an array from a stream.
   *
   * @param location the name in messages
   * @throws InputException if it is not such an array, or holds less or more than its header
   *     promises
   */
  public static NpyArray read(String location, InputStream in) throws IOException {
    NpyHeader header = NpyHeader.read(location, in);
    BigInteger promised =
        product(header.shape()).multiply(BigInteger.valueOf(header.type().bytes()));
    String promise =
        "%s bytes of values, %s of [%s]"
            .formatted(promised, header.type(), ImageArray.text(header.shape()));
    if (promised.compareTo(MOST_BYTES) > 0) {
      throw new InputException(
          "Cannot read %s: its header promises %s (must be at most %s bytes)"
              .formatted(location, promise, MOST_BYTES));
    }
    // The array grows with the bytes that are read. So a wrong header costs no memory.
    byte[] values = in.readNBytes(promised.intValueExact());
    if (values.length < promised.intValueExact()) {
      throw new InputException(
          "Cannot read %s: its header promises %s, and the file holds %d (was it copied or downloaded whole?)"
              .formatted(location, promise, values.length));
    }
    if (in.read() >= 0) {
      throw new InputException(
          "Cannot read %s: its header promises %s, and the file goes on after them (is it the right file?)"
              .formatted(location, promise));
    }
    return header.isColumnMajor()
        ? new NpyArray(
            header.rowMajor(),
            ColumnMajor.toRowMajor(values, header.type().bytes(), header.shape()))
        : new NpyArray(header, values);
  }

  /** Writes the file's bytes; the caller closes the stream. */
  public void write(OutputStream out) throws IOException {
    out.write(header.encode());
    out.write(values);
  }

  public NpyType type() {
    return header.type();
  }

  public int[] shape() {
    return header.shape().clone();
  }

  /** The number of values. */
  public int size() {
    return values.length / type().bytes();
  }

  /** The values as float32: float64 and integers are rounded to the nearest. */
  public float[] floats() {
    float[] floats = new float[size()];
    ByteBuffer bytes = buffer();
    if (type() == NpyType.FLOAT32) {
      bytes.asFloatBuffer().get(floats);
    } else {
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) doubleAt(bytes, i);
      }
    }
    return floats;
  }

  /** The values as float64. They are exact, except for integers beyond 2^53. */
  public double[] doubles() {
    double[] doubles = new double[size()];
    ByteBuffer bytes = buffer();
    Arrays.setAll(doubles, i -> doubleAt(bytes, i));
    return doubles;
  }

  /** The values of an array of integers; a uint64 above the largest long becomes that long. */
  public long[] longs() {
    long[] longs = new long[size()];
    ByteBuffer bytes = buffer();
    Arrays.setAll(longs, i -> longAt(bytes, i));
    return longs;
  }

  /** The values of an array of uint8. They are not a copy. */
  public byte[] bytes() {
    return values;
  }

  private double doubleAt(ByteBuffer bytes, int index) {
    return switch (type()) {
      case FLOAT16 -> HalfFloats.fromFloat16(bytes.getShort(index * Short.BYTES));
      case FLOAT32 -> bytes.getFloat(index * Float.BYTES);
      case FLOAT64 -> bytes.getDouble(index * Double.BYTES);
      case UINT64 -> unsigned(bytes.getLong(index * Long.BYTES));
      default -> longAt(bytes, index);
    };
  }

  private long longAt(ByteBuffer bytes, int index) {
    return switch (type()) {
      case BOOL -> bytes.get(index) == 0 ? 0 : 1;
      case UINT8 -> Byte.toUnsignedLong(bytes.get(index));
      case UINT16 -> Short.toUnsignedLong(bytes.getShort(index * Short.BYTES));
      case UINT32 -> Integer.toUnsignedLong(bytes.getInt(index * Integer.BYTES));
      case UINT64 -> atMostLargest(bytes.getLong(index * Long.BYTES));
      case INT8 -> bytes.get(index);
      case INT16 -> bytes.getShort(index * Short.BYTES);
      case INT32 -> bytes.getInt(index * Integer.BYTES);
      case INT64 -> bytes.getLong(index * Long.BYTES);
      case FLOAT16, FLOAT32, FLOAT64 ->
          throw new IllegalStateException("an array of " + type() + " has no integers");
    };
  }

  private static long atMostLargest(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }

  /**
   * The nearest double. The value is halved, and the lowest bit is kept in the half so that the
   * rounding is correct.
   */
  private static double unsigned(long value) {
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }

  private ByteBuffer buffer() {
    return ByteBuffer.wrap(values).order(header.order());
  }

  private static BigInteger product(int... shape) {
    BigInteger product = BigInteger.ONE;
    for (int dimension : shape) {
      product = product.multiply(BigInteger.valueOf(dimension));
    }
    return product;
  }
}
