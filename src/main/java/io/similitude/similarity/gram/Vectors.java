package io.similitude.similarity.gram;

/**
 * Inner products in one fixed order of summation, so that every machine gives the same bits. A BLAS
 * chooses an order that depends on the processor.
 */
public final class Vectors {
  /** The numbers that are cubed at a time. */
  private static final int CHUNK = 512;

  /** The cubes that are added in float32. */
  private static final int ADDED = 16;

  private Vectors() {}

  /**
   * The inner product, as four partial sums. With a single one, every addition would wait for the
   * one before.
   */
  public static double dot(double[] a, int fromA, double[] b, int fromB, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int k = 0;
    for (; k + 3 < length; k += 4) {
      s0 += a[fromA + k] * b[fromB + k];
      s1 += a[fromA + k + 1] * b[fromB + k + 1];
      s2 += a[fromA + k + 2] * b[fromB + k + 2];
      s3 += a[fromA + k + 3] * b[fromB + k + 3];
    }
    for (; k < length; k++) {
      s0 += a[fromA + k] * b[fromB + k];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /**
   * The sum of the cubes of the first numbers, of which none is far above 1.
   *
   * <p>Cubes are added in float32, at most {@value #ADDED} of them, before the sums are added in
   * float64. The compiler makes vector instructions of a loop in which all arrays have the same
   * index, so numbers are copied first.
   */
  public static double cubes(float[] a, int length) {
    float[] some = new float[CHUNK];
    float[] sums = new float[CHUNK];
    double total = 0;
    for (int from = 0, chunks = 1; from < length; from += CHUNK, chunks++) {
      int count = Math.min(CHUNK, length - from);
      System.arraycopy(a, from, some, 0, count);
      addCubes(some, count, sums);
      if (chunks % ADDED == 0 || count < CHUNK || from + CHUNK == length) {
        total += taken(sums);
      }
    }
    return total;
  }

  private static void addCubes(float[] some, int count, float[] sums) {
    for (int k = 0; k < count; k++) {
      sums[k] += some[k] * some[k] * some[k];
    }
  }

  /** The sum of the numbers, which are 0 afterwards. */
  private static double taken(float[] numbers) {
    double sum = 0;
    for (int k = 0; k < numbers.length; k++) {
      sum += numbers[k];
      numbers[k] = 0;
    }
    return sum;
  }

  public static double dot(double[] a, double[] b) {
    return dot(a, 0, b, 0, a.length);
  }

  /**
   * The inner products of r vectors a with s vectors b of one length. The vectors of each are
   * stored one after the other. The result is r x s, row by row.
   */
  static double[] products(double[] a, int r, double[] b, int s, int length) {
    double[] products = new double[Math.multiplyExact(r, s)];
    for (int i = 0; i < r; i++) {
      for (int j = 0; j < s; j++) {
        products[i * s + j] = dot(a, i * length, b, j * length, length);
      }
    }
    return products;
  }
}
