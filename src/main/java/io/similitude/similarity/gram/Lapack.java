package io.similitude.similarity.gram;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import java.util.Arrays;
import org.netlib.util.intW;

/**
 * The matrix decompositions that the measures need. It uses the Java version of LAPACK that comes
 * with Spark. A native version could give different bits on different machines.
 */
public final class Lapack {
  private static final LAPACK JAVA = JavaLAPACK.getInstance();

  private Lapack() {}

  /** The values, descending, and their unit vectors, one after the other. */
  public static final class Decomposition {
    private final double[] values;
    private final double[] vectors;

    Decomposition(double[] values, double[] vectors) {
      this.values = values;
      this.vectors = vectors;
    }

    public double[] values() {
      return values;
    }

    public double[] vectors() {
      return vectors;
    }
  }

  /** Eigenvalues and eigenvectors of a full symmetric n x n matrix. The matrix is not changed. */
  public static Decomposition eigen(int n, double[] matrix) {
    double[] vectors = matrix.clone();
    double[] values = new double[n];
    double[] work = new double[1 + 6 * n + 2 * n * n];
    int[] whole = new int[3 + 5 * n];
    intW info = new intW(0);
    JAVA.dsyevd("V", "U", n, vectors, n, values, work, work.length, whole, whole.length, info);
    require("dsyevd", info);
    return descending(n, values, vectors);
  }

  /** Singular values, min(m, n), and left vectors of an m x n matrix, given column by column. */
  public static Decomposition svd(int m, int n, double[] matrix) {
    int least = Math.min(m, n);
    double[] values = new double[least];
    double[] u = new double[m * least];
    double[] vt = new double[1];
    gesvd("S", m, n, matrix, values, u, vt);
    return new Decomposition(values, u);
  }

  /** The singular values of an m x n matrix, descending. The transpose has the same ones. */
  public static double[] singularValues(int m, int n, double[] matrix) {
    double[] values = new double[Math.min(m, n)];
    gesvd("N", m, n, matrix, values, new double[1], new double[1]);
    return values;
  }

  private static void gesvd(
      String left, int m, int n, double[] matrix, double[] values, double[] u, double[] vt) {
    double[] a = matrix.clone();
    double[] work = new double[Math.max(3 * Math.min(m, n) + Math.max(m, n), 5 * Math.min(m, n))];
    double[] size = new double[1];
    intW info = new intW(0);
    JAVA.dgesvd(left, "N", m, n, a, m, values, u, m, vt, 1, size, -1, info);
    require("dgesvd", info);
    if (size[0] > work.length) {
      work = new double[(int) size[0]];
    }
    JAVA.dgesvd(left, "N", m, n, a, m, values, u, m, vt, 1, work, work.length, info);
    require("dgesvd", info);
  }

  private static Decomposition descending(int n, double[] values, double[] vectors) {
    double[] ordered = new double[n];
    double[] columns = new double[n * n];
    Arrays.setAll(ordered, i -> values[n - 1 - i]);
    for (int i = 0; i < n; i++) {
      System.arraycopy(vectors, (n - 1 - i) * n, columns, i * n, n);
    }
    return new Decomposition(ordered, columns);
  }

  private static void require(String routine, intW info) {
    if (info.val != 0) {
      throw new ArithmeticException(
          "Cannot decompose a matrix: LAPACK's %s reports %d".formatted(routine, info.val));
    }
  }
}
