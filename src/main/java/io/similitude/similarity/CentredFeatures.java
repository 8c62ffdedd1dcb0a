package io.similitude.similarity;

import java.util.Arrays;

/** Features X, n x p, centred within the batch and kept by columns. */
final class CentredFeatures {
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
      requireRow(rows[i], columns.length, i);
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    double before = squares(columns);
    for (double[] column : columns) {
      centre(column);
    }
    double rounding = n * 0x1p-52;
    if (!(squares(columns) > rounding * rounding * before)) {
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

  /** X column by column in one array, as LAPACK wants it. */
  double[] columnMajor() {
    double[] all = new double[Math.multiplyExact(n, columns.length)];
    for (int j = 0; j < columns.length; j++) {
      System.arraycopy(columns[j], 0, all, j * n, n);
    }
    return all;
  }

  /** The sum over features j of |&lt;h, x_j&gt;|. */
  double absoluteProjections(double[] h) {
    double sum = 0;
    for (double[] column : columns) {
      sum += Math.abs(Vectors.dot(h, 0, column, 0, n));
    }
    return sum;
  }

  /** X X&#7488; in full. */
  double[] gram() {
    double[] rows = new double[Math.multiplyExact(n, columns.length)];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < columns.length; j++) {
        rows[i * columns.length + j] = columns[j][i];
      }
    }
    return Vectors.products(rows, n, rows, n, columns.length);
  }

  private static void centre(double[] column) {
    double mean = Arrays.stream(column).average().orElseThrow();
    for (int i = 0; i < column.length; i++) {
      column[i] -= mean;
    }
  }

  private static double squares(double[][] columns) {
    double sum = 0;
    for (double[] column : columns) {
      sum += Vectors.dot(column, 0, column, 0, column.length);
    }
    return sum;
  }

  private static void requireRow(double[] row, int p, int i) {
    if (row.length != p || p == 0) {
      throw new IllegalArgumentException(
          "Invalid features of example %d: %d of them (must be as many as the first has, at least 1)"
              .formatted(i, row.length));
    }
    for (double value : row) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "Invalid feature of example %d: %s (must be finite)".formatted(i, value));
      }
    }
  }
}
