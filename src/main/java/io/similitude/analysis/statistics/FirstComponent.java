package io.similitude.analysis.statistics;

import io.similitude.similarity.gram.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The largest eigenvalue of a symmetric matrix, with its unit vector, by the Lanczos method from
 * the row with the largest diagonal. It ends when the angle to the true vector is below about 1e-9.
 * After {@value #STEPS} products with the matrix it starts again from its best vector. A product
 * takes 2 n&sup2; operations.
 *
 * <p>Source: Y. Saad, Numerical Methods for Large Eigenvalue Problems, 2nd edition (2011), section
 * 6.6.
 *
 * @param value the eigenvalue
 * @param vector of length 1; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // computed once, never compared
public record FirstComponent(double value, double[] vector) {
  private static final int STEPS = 32;

  /** The products after which it looks how close it is. The number of steps is a multiple. */
  private static final int LOOK = 8;

  private static final int MOST_STARTS = 200;
  private static final double CLOSE = 1e-9;

  /** What is left of a vector of length 1 when rounding is all that is left. */
  private static final double ROUNDING = 1e-13;

  /**
   * The first component of a symmetric matrix.
   *
   * @param n rows
   * @param matrix row by row
   */
  public static FirstComponent of(int n, double[] matrix) {
    Ritz found = better(n, matrix, start(n, matrix));
    for (int k = 1; k < MOST_STARTS && found.angle > CLOSE; k++) {
      found = better(n, matrix, found.vector);
    }
    return new FirstComponent(found.value, found.vector);
  }

  /** The number of examples that carry it: 1 / sum u^4. */
  public double carriers() {
    return 1 / Arrays.stream(vector).map(u -> u * u * u * u).sum();
  }

  /**
   * The best pair in the space of the first products of a vector with the matrix. It looks for it
   * after every few products.
   */
  private static Ritz better(int n, double[] matrix, double[] vector) {
    List<double[]> basis = new ArrayList<>(List.of(vector));
    double[] diagonal = new double[STEPS];
    double[] besides = new double[STEPS];
    Ritz found = null;
    for (int step = 0; step < STEPS && (found == null || found.angle > CLOSE); step++) {
      double[] image = product(n, matrix, basis.get(step));
      double length = Math.sqrt(Vectors.dot(image, image));
      diagonal[step] = Vectors.dot(image, basis.get(step));
      // Twice, since rounding leaves something of the basis after the first time.
      removeAll(basis, image);
      removeAll(basis, image);
      besides[step] = Math.sqrt(Vectors.dot(image, image));
      boolean isWhole = step == n - 1 || besides[step] <= ROUNDING * length;
      if (isWhole || step % LOOK == LOOK - 1) {
        found = Ritz.of(basis, diagonal, besides, isWhole);
      }
      basis.add(unit(image));
    }
    return found;
  }

  /**
   * The best pair of a space.
   *
   * @param angle about its sine to the true vector: the length of M u - value u, divided by the
   *     distance to the next value
   */
  @SuppressWarnings("ArrayRecordComponent") // computed once, never compared
  private record Ritz(double value, double[] vector, double angle) {
    /**
     * The pair with the largest value.
     *
     * @param isWhole whether the matrix maps the space into itself
     */
    static Ritz of(List<double[]> basis, double[] diagonal, double[] besides, boolean isWhole) {
      int steps = basis.size();
      EigenDecomposition small =
          new EigenDecomposition(Arrays.copyOf(diagonal, steps), Arrays.copyOf(besides, steps - 1));
      double[] weights = small.getEigenvector(0).toArray();
      double[] best = new double[basis.get(0).length];
      for (int k = 0; k < steps; k++) {
        add(basis.get(k), 0, weights[k], best);
      }
      double value = small.getRealEigenvalue(0);
      double gap = steps > 1 ? value - small.getRealEigenvalue(1) : value;
      double residual = besides[steps - 1] * Math.abs(weights[steps - 1]);
      return new Ritz(value, unit(best), isWhole ? 0 : residual / gap);
    }
  }

  private static void removeAll(List<double[]> basis, double[] vector) {
    for (double[] direction : basis) {
      add(direction, 0, -Vectors.dot(direction, vector), vector);
    }
  }

  private static double[] start(int n, double[] matrix) {
    int largest = 0;
    for (int i = 1; i < n; i++) {
      largest = matrix[i * n + i] > matrix[largest * n + largest] ? i : largest;
    }
    return unit(Arrays.copyOfRange(matrix, largest * n, (largest + 1) * n));
  }

  /**
   * Adds up the rows, since a row is also a column: four at a time. Java vectorises that, but no
   * inner products.
   */
  private static double[] product(int n, double[] matrix, double[] vector) {
    double[] image = new double[n];
    int i = 0;
    for (; i + 3 < n; i += 4) {
      addRows(matrix, i * n, vector[i], vector[i + 1], vector[i + 2], vector[i + 3], image);
    }
    for (; i < n; i++) {
      add(matrix, i * n, vector[i], image);
    }
    return image;
  }

  /** Adds four rows of a matrix, each times a factor. */
  private static void addRows(
      double[] matrix, int start, double f0, double f1, double f2, double f3, double[] to) {
    int n = to.length;
    for (int j = 0; j < n; j++) {
      int at = start + j;
      to[j] +=
          (matrix[at] * f0 + matrix[at + n] * f1)
              + (matrix[at + 2 * n] * f2 + matrix[at + 3 * n] * f3);
    }
  }

  /** Adds to a vector as many numbers of an array, each times a factor. */
  private static void add(double[] from, int start, double factor, double[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] += from[start + j] * factor;
    }
  }

  private static double[] unit(double[] vector) {
    double norm = Math.sqrt(Vectors.dot(vector, vector));
    return norm > 0 ? Arrays.stream(vector).map(x -> x / norm).toArray() : vector;
  }
}
