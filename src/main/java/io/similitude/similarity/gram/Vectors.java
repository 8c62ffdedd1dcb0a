package io.similitude.similarity.gram;

/**
 * Inner products in one fixed order of summation, so that every machine gives the same bits. A BLAS
 * chooses an order that depends on the processor.
 */
public final class Vectors {
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

  /** The sum of squares, also as four partial sums. */
  static double squares(float[] a, int from, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int k = from;
    int end = from + length;
    for (; k + 3 < end; k += 4) {
      s0 += (double) a[k] * a[k];
      s1 += (double) a[k + 1] * a[k + 1];
      s2 += (double) a[k + 2] * a[k + 2];
      s3 += (double) a[k + 3] * a[k + 3];
    }
    for (; k < end; k++) {
      s0 += (double) a[k] * a[k];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** The sum of the cubes of the first numbers, also as four partial sums. */
  public static double cubes(float[] a, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int k = 0;
    for (; k + 3 < length; k += 4) {
      s0 += (double) a[k] * a[k] * a[k];
      s1 += (double) a[k + 1] * a[k + 1] * a[k + 1];
      s2 += (double) a[k + 2] * a[k + 2] * a[k + 2];
      s3 += (double) a[k + 3] * a[k + 3] * a[k + 3];
    }
    for (; k < length; k++) {
      s0 += (double) a[k] * a[k] * a[k];
    }
    return (s0 + s1) + (s2 + s3);
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
