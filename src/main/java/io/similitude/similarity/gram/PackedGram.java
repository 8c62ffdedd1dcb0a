package io.similitude.similarity.gram;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The Gram matrix K = X X&#7488; of a batch of n examples, n x n, symmetric, float32.
 *
 * <p>Kept as its upper triangle, row by row with the diagonal: K<sub>00</sub>, K<sub>01</sub>, ...,
 * K<sub>0,n-1</sub>, K<sub>11</sub>, ..., n (n + 1) / 2 numbers; as bytes, little-endian. The
 * features behind it should be centred within the batch: HSIC does not change, and without it
 * float32 has no digits left for features with a large mean.
 *
 * <p>The matrix of features whose squares are under float32's range is kept in another unit: a
 * power of two, whose exponent follows as an int where it is not 0.
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
   * The same in the unit of a power of two.
   *
   * @param exponent of the power; of a matrix of zeros it does not matter
   */
  public static PackedGram of(int n, float[] packed, int exponent) {
    PackedGram gram = of(n, packed);
    return exponent == 0 || gram.isZero() ? gram : new PackedGram(n, packed, exponent);
  }

  /**
   * Of features, examples in rows of one length, which need not be centred: each feature is, within
   * the batch.
   */
  public static PackedGram ofFeatures(float[][] rows) {
    return ofFeatures(rows, 0);
  }

  /**
   * The same of features times a power of two.
   *
   * @param exponent of the power
   */
  public static PackedGram ofFeatures(float[][] rows, int exponent) {
    return BlockGram.of(rows.length, rows[0].length, (i, j) -> rows[i][j], exponent);
  }

  /** The same of features in float64: centred and multiplied first, rounded to float32 last. */
  public static PackedGram ofFeatures(double[][] rows, int exponent) {
    return BlockGram.of(rows.length, rows[0].length, (i, j) -> rows[i][j], exponent);
  }

  /** Reads what {@link #toBytes} wrote. */
  public static PackedGram ofBytes(int n, byte[] bytes) {
    return ofBytes(n, ByteBuffer.wrap(bytes));
  }

  /** The same of what remains of a buffer, which stays as it is. */
  public static PackedGram ofBytes(int n, ByteBuffer bytes) {
    long values = (long) length(n) * Float.BYTES;
    if (bytes.remaining() != values && bytes.remaining() != values + Integer.BYTES) {
      throw new IllegalArgumentException(
          "Invalid packed Gram matrix: %d bytes (must be %d for n = %d)"
              .formatted(bytes.remaining(), (long) length(n) * Float.BYTES, n));
    }
    float[] packed = new float[length(n)];
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

  /** The unit in which the numbers are: 1 but for features that are very small. */
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

  /** The packed upper triangle itself in its unit, not a copy. */
  public float[] packed() {
    return packed;
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

  /** Where K<sub>ij</sub> stands, i at most j. */
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
