package io.similitude.similarity.gram;

import java.util.Arrays;
import java.util.List;

/**
 * Inner products in one fixed order of summation, so that every machine gives the same bits. A BLAS
 * chooses an order that depends on the processor.
 */
public final class Vectors {
  /** The entries that are taken at a time, a multiple of {@link #ENTRIES}. */
  private static final int CHUNK = 512;

  /** The entries whose products are added together. */
  private static final int ENTRIES = 4;

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

  /**
   * The inner products of all pairs of vectors of one length, in float64. Each is a sum over the
   * entries in their order, {@value #ENTRIES} at a time, whatever the machine.
   *
   * <p>Entries of all vectors stand next to each other first. The innermost loop then runs over the
   * vectors, and the compiler makes vector instructions of it.
   */
  public static double[][] products(List<float[]> vectors) {
    int count = vectors.size();
    int length = count == 0 ? 0 : vectors.get(0).length;
    double[][] products = new double[count][count];
    double[][] entries = new double[CHUNK][count];
    for (int from = 0; from < length; from += CHUNK) {
      int size = Math.min(CHUNK, length - from);
      for (int v = 0; v < count; v++) {
        float[] vector = vectors.get(v);
        for (int k = 0; k < size; k++) {
          entries[k][v] = vector[from + k];
        }
      }
      for (int k = size; k % ENTRIES != 0; k++) {
        Arrays.fill(entries[k], 0);
      }
      for (int k = 0; k < size; k += ENTRIES) {
        addProducts(entries[k], entries[k + 1], entries[k + 2], entries[k + 3], products);
      }
    }
    return products;
  }

  private static void addProducts(
      double[] e, double[] f, double[] g, double[] h, double[][] products) {
    for (int a = 0; a < products.length; a++) {
      double[] row = products[a];
      double x = e[a];
      double y = f[a];
      double z = g[a];
      double w = h[a];
      for (int b = 0; b < row.length; b++) {
        row[b] += (x * e[b] + y * f[b]) + (z * g[b] + w * h[b]);
      }
    }
  }
}
