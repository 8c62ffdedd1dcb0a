package io.similitude.analysis.statistics;

import java.util.Arrays;

/**
 * The largest eigenvalue of a symmetric matrix, with its unit vector, by power iteration from the
 * row with the largest diagonal: 2 n^2 operations a step, until the vector moves by less than 1e-9.
 *
 * @param value the eigenvalue
 * @param vector of length 1; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // computed once, never compared
public record FirstComponent(double value, double[] vector) {
  private static final int MOST_STEPS = 2000;
  private static final double CLOSE = 1e-9;

  /**
   * The first component of a symmetric matrix.
   *
   * @param n rows
   * @param matrix row by row
   */
  public static FirstComponent of(int n, double[] matrix) {
    double[] vector = start(n, matrix);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] next = unit(product(n, matrix, vector));
      double moved = 0;
      for (int i = 0; i < n; i++) {
        moved += (next[i] - vector[i]) * (next[i] - vector[i]);
      }
      vector = next;
      if (Math.sqrt(moved) < CLOSE) {
        break;
      }
    }
    double[] image = product(n, matrix, vector);
    double value = 0;
    for (int i = 0; i < n; i++) {
      value += vector[i] * image[i];
    }
    return new FirstComponent(value, vector);
  }

  /** The number of examples that carry it: 1 / sum u^4. */
  public double carriers() {
    return 1 / Arrays.stream(vector).map(u -> u * u * u * u).sum();
  }

  private static double[] start(int n, double[] matrix) {
    int largest = 0;
    for (int i = 1; i < n; i++) {
      largest = matrix[i * n + i] > matrix[largest * n + largest] ? i : largest;
    }
    return unit(Arrays.copyOfRange(matrix, largest * n, (largest + 1) * n));
  }

  private static double[] product(int n, double[] matrix, double[] vector) {
    double[] image = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += matrix[i * n + j] * vector[j];
      }
      image[i] = sum;
    }
    return image;
  }

  private static double[] unit(double[] vector) {
    double norm = Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
    return norm > 0 ? Arrays.stream(vector).map(x -> x / norm).toArray() : vector;
  }
}
