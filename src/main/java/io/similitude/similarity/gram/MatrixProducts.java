package io.similitude.similarity.gram;

/**
 * Matrix products in float64 and in one fixed order of summation, so that every machine gives the
 * same bits. A BLAS chooses an order that depends on the processor.
 *
 * <p>The inner loop runs along rows of B and C. There the compiler can use vector instructions
 * without a change in the order of any sum. It is several times faster than inner products.
 */
public final class MatrixProducts {
  /**
   * The number of doubles of B that stay in a core's second-level cache while the loop goes over
   * all rows of C.
   */
  private static final int CACHED = 1 << 15;

  private MatrixProducts() {}

  /**
   * C += A B, with C m x n and B k x n row by row, and A<sub>il</sub> at a[from + i row + l step].
   */
  public static void add(
      double[] c, int m, int n, int k, double[] a, int from, int row, int step, double[] b) {
    int block = Math.max(4, CACHED / n);
    for (int first = 0; first < k; first += block) {
      int last = Math.min(k, first + block);
      for (int i = 0; i < m; i++) {
        addRow(c, i * n, n, first, last, a, from + i * row, step, b);
      }
    }
  }

  private static void addRow(
      double[] c, int at, int n, int first, int last, double[] a, int from, int step, double[] b) {
    int l = first;
    for (; l + 3 < last; l += 4) {
      int k = from + l * step;
      add4(c, at, n, b, l * n, a[k], a[k + step], a[k + 2 * step], a[k + 3 * step]);
    }
    for (; l < last; l++) {
      add1(c, at, n, b, l * n, a[from + l * step]);
    }
  }

  private static void add4(
      double[] c, int at, int n, double[] b, int row, double a0, double a1, double a2, double a3) {
    for (int j = 0; j < n; j++) {
      c[at + j] +=
          (a0 * b[row + j] + a1 * b[row + n + j])
              + (a2 * b[row + 2 * n + j] + a3 * b[row + 3 * n + j]);
    }
  }

  private static void add1(double[] c, int at, int n, double[] b, int row, double a0) {
    for (int j = 0; j < n; j++) {
      c[at + j] += a0 * b[row + j];
    }
  }
}
