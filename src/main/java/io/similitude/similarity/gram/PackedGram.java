package io.similitude.similarity.gram;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The Gram matrix K = X X&#7488; of a batch of n examples, n x n, symmetric, float32.
 *
 * <p>Only the upper triangle is kept, row by row with the diagonal: K<sub>00</sub>, K<sub>01</sub>,
 * ..., K<sub>0,n-1</sub>, K<sub>11</sub>, ..., n (n + 1) / 2 numbers; as bytes, little-endian. The
 * features behind it should be centred within the batch: HSIC does not change, and without centring
 * float32 loses all digits of features with a large mean.
 *
 * <p>If the squares of the features are below float32's range, the matrix is kept in another unit:
 * a power of two. Its exponent follows as an int if it is not 0.
 */
public final class PackedGram {
  private final int n;
  private final float[] packed;
  private final int exponent;

  private PackedGram(int n, float[] packed, int exponent) {
    this.n = n;
    this.packed = packed;
    this.exponent = exponent;
  }

  /** Wraps the packed upper triangle; the array is not copied and must not change afterwards. */
  public static PackedGram of(int n, float[] packed) {
    if (packed.length != length(n)) {
      throw new IllegalArgumentException(
          "Invalid packed Gram matrix: %d numbers (must be %d for n = %d)"
              .formatted(packed.length, length(n), n));
    }
    return new PackedGram(n, packed, 0);
  }

  /**
   * Wraps the packed upper triangle in the unit of a power of two.
   *
   * @param exponent of the power; it does not matter for a matrix of zeros
   */
  public static PackedGram of(int n, float[] packed, int exponent) {
    PackedGram gram = of(n, packed);
    return exponent == 0 || gram.isZero() ? gram : new PackedGram(n, packed, exponent);
  }

  /**
   * The Gram matrix of features, with examples in rows of one length. The features need not be
   * centred: each feature is centred here, within the batch.
   */
  public static PackedGram ofFeatures(float[][] rows) {
    return ofFeatures(rows, 0);
  }

  /**
   * The Gram matrix of features multiplied by a power of two.
   *
   * @param exponent of the power
   */
  public static PackedGram ofFeatures(float[][] rows, int exponent) {
    return BlockGram.of(rows.length, rows[0].length, (i, j) -> rows[i][j], exponent);
  }

  /**
   * The Gram matrix of features in float64. They are centred and multiplied first. The rounding to
   * float32 comes last.
   */
  public static PackedGram ofFeatures(double[][] rows, int exponent) {
    return BlockGram.of(rows.length, rows[0].length, (i, j) -> rows[i][j], exponent);
  }

  /** Reads what {@link #toBytes} wrote. */
  public static PackedGram ofBytes(int n, byte[] bytes) {
    return ofBytes(n, ByteBuffer.wrap(bytes));
  }

  /** Reads what {@link #toBytes} wrote from the rest of a buffer. The buffer is not changed. */
  public static PackedGram ofBytes(int n, ByteBuffer bytes) {
    return ofBytes(n, bytes, new float[0]);
  }

  /**
   * The same, in this array if it has the matrix's {@link #length}. Then the matrix is valid until
   * the array changes.
   */
  public static PackedGram ofBytes(int n, ByteBuffer bytes, float[] memory) {
    long values = (long) length(n) * Float.BYTES;
    if (bytes.remaining() != values && bytes.remaining() != values + Integer.BYTES) {
      throw new IllegalArgumentException(
          "Invalid packed Gram matrix: %d bytes (must be %d for n = %d)"
              .formatted(bytes.remaining(), (long) length(n) * Float.BYTES, n));
    }
    float[] packed = memory.length == length(n) ? memory : new float[length(n)];
    ByteBuffer all = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    all.asFloatBuffer().get(packed);
    boolean isPlain = all.remaining() == values;
    return new PackedGram(n, packed, isPlain ? 0 : all.getInt((int) values));
  }

  /** How many numbers the upper triangle of an n x n matrix has, diagonal included. */
  public static int length(int n) {
    if (n < 1) {
      throw new IllegalArgumentException(
          "Invalid number of examples: " + n + " (must be positive)");
    }
    return Math.toIntExact(n * (n + 1L) / 2);
  }

  /** How many examples the batch has. */
  public int n() {
    return n;
  }

  /** The unit of the numbers: 1, unless the features are very small. */
  double unit() {
    return Math.scalb(1.0, exponent);
  }

  /** The exponent of the unit, a power of two. */
  public int exponent() {
    return exponent;
  }

  /** K<sub>ij</sub> in its unit, in either order of i and j. */
  public float get(int i, int j) {
    return i <= j ? packed[index(n, i, j)] : packed[index(n, j, i)];
  }

  private boolean isZero() {
    for (float entry : packed) {
      if (entry != 0) {
        return false;
      }
    }
    return true;
  }

  /** The packed upper triangle itself, in its unit. It is not a copy. */
  public float[] packed() {
    return packed;
  }

  /** The packed upper triangle in float64, in the unit 1. */
  public double[] numbers() {
    double unit = unit();
    double[] numbers = new double[packed.length];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = packed[k] * unit;
    }
    return numbers;
  }

  /** The packed upper triangle as little-endian float32, and the exponent where it is not 0. */
  public byte[] toBytes() {
    int values = Math.multiplyExact(packed.length, Float.BYTES);
    ByteBuffer bytes =
        ByteBuffer.allocate(exponent == 0 ? values : Math.addExact(values, Integer.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(packed);
    if (exponent != 0) {
      bytes.putInt(values, exponent);
    }
    return bytes.array();
  }

  /** The first entry, in packed order, that is infinite or not a number. */
  public Optional<Entry> firstNonFinite() {
    int k = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++, k++) {
        if (!Float.isFinite(packed[k])) {
          return Optional.of(new Entry(i, j, packed[k]));
        }
      }
    }
    return Optional.empty();
  }

  /** The position of K<sub>ij</sub>, i at most j. */
  static int index(int n, int i, int j) {
    return (int) (i * (2L * n - i - 1) / 2 + j);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PackedGram gram
        && n == gram.n
        && exponent == gram.exponent
        && Arrays.equals(packed, gram.packed);
  }

  @Override
  public int hashCode() {
    return 31 * n + Arrays.hashCode(packed);
  }

  @Override
  public String toString() {
    return "PackedGram[n=" + n + "]";
  }

  /** One entry of the matrix, row and column counted from 0. */
  public record Entry(int row, int column, float value) {}
}
