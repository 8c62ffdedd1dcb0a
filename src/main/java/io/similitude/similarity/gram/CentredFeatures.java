package io.similitude.similarity.gram;

import java.util.Arrays;

/** Features X, n x p, centred within the batch and kept by columns. */
public final class CentredFeatures {
  /**
   * The number of features that are multiplied at a time. So not all features are copied at once.
   */
  private static final int BLOCK = 256;

  private final int n;
  private final double[][] columns;

  private CentredFeatures(int n, double[][] columns) {
    this.n = n;
    this.columns = columns;
  }

  static CentredFeatures of(double[][] rows) {
    int n = rows.length;
    double[][] columns = new double[rows[0].length][n];
    for (int i = 0; i < n; i++) {
      requireLength(rows[i].length, columns.length, i);
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = requireFinite(rows[i][j], i);
      }
    }
    return centred(n, columns);
  }

  static CentredFeatures of(float[][] rows) {
    int n = rows.length;
    double[][] columns = new double[rows[0].length][n];
    for (int i = 0; i < n; i++) {
      requireLength(rows[i].length, columns.length, i);
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = requireFinite(rows[i][j], i);
      }
    }
    return centred(n, columns);
  }

  private static CentredFeatures centred(int n, double[][] columns) {
    Constancy constancy = new Constancy(n);
    for (double[] column : columns) {
      centre(column, constancy);
    }
    if (constancy.isRounding()) {
      Arrays.stream(columns).forEach(column -> Arrays.fill(column, 0));
    }
    return new CentredFeatures(n, columns);
  }

  int n() {
    return n;
  }

  int p() {
    return columns.length;
  }

  /** X column by column in one array, as LAPACK needs it. */
  double[] columnMajor() {
    double[] all = new double[Math.multiplyExact(n, columns.length)];
    for (int j = 0; j < columns.length; j++) {
      System.arraycopy(columns[j], 0, all, j * n, n);
    }
    return all;
  }

  /** The sum over features j of |&lt;h, x_j&gt;|. */
  public double absoluteProjections(double[] h) {
    double sum = 0;
    for (double[] column : columns) {
      sum += Math.abs(Vectors.dot(h, 0, column, 0, n));
    }
    return sum;
  }

  /** X X&#7488; in full. */
  double[] gram() {
    double[] gram = new double[Math.multiplyExact(n, n)];
    for (int from = 0; from < columns.length; from += BLOCK) {
      int to = Math.min(columns.length, from + BLOCK);
      double[] block = new double[Math.multiplyExact(to - from, n)];
      for (int j = from; j < to; j++) {
        System.arraycopy(columns[j], 0, block, (j - from) * n, n);
      }
      MatrixProducts.add(gram, n, n, to - from, block, 0, 1, n, block);
    }
    return gram;
  }

  private static void centre(double[] column, Constancy constancy) {
    double mean = Arrays.stream(column).average().orElseThrow();
    for (int i = 0; i < column.length; i++) {
      constancy.add(column[i], column[i] - mean);
      column[i] -= mean;
    }
  }

  private static void requireLength(int length, int p, int i) {
    if (length != p || p == 0) {
      throw new IllegalArgumentException(
          "Invalid features of example %d: %d of them (must be as many as the first has, at least 1)"
              .formatted(i, length));
    }
  }

  private static double requireFinite(double value, int i) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "Invalid feature of example %d: %s (must be finite)".formatted(i, value));
    }
    return value;
  }
}
