package io.similitude.analysis.statistics;

import io.similitude.similarity.gram.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The largest eigenvalue of a symmetric matrix, with its unit vector, by the Lanczos method from
 * the row with the largest diagonal. After {@value #STEPS} products with the matrix it starts again
 * from its best vector, until that vector moves by less than 1e-9. A product takes 2 n&sup2;
 * operations.
 *
 * <p>Source: Y. Saad, Numerical Methods for Large Eigenvalue Problems, 2nd edition (2011), section
 * 6.6.
 *
 * @param value the eigenvalue
 * @param vector of length 1; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // computed once, never compared
public record FirstComponent(double value, double[] vector) {
  private static final int STEPS = 16;
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

  /** The best vector in the space of the first products of a vector with the matrix. */
  private static Ritz better(int n, double[] matrix, double[] vector) {
    List<double[]> basis = new ArrayList<>(List.of(vector));
    double[] diagonal = new double[STEPS];
    double[] besides = new double[STEPS];
    int steps = 0;
    while (steps < STEPS && basis.size() > steps) {
      double[] image = product(n, matrix, basis.get(steps));
      double length = Math.sqrt(Vectors.dot(image, image));
      diagonal[steps] = Vectors.dot(image, basis.get(steps));
      // Twice, since rounding leaves something of the basis after the first time.
      removeAll(basis, image);
      removeAll(basis, image);
      besides[steps] = Math.sqrt(Vectors.dot(image, image));
      if (besides[steps] > ROUNDING * length) {
        basis.add(unit(image));
      }
      steps++;
    }
    EigenDecomposition small =
        new EigenDecomposition(
            Arrays.copyOf(diagonal, steps), Arrays.copyOf(besides, Math.max(0, steps - 1)));
    double[] best = new double[n];
    double[] weights = small.getEigenvector(0).toArray();
    for (int k = 0; k < steps; k++) {
      add(basis.get(k), 0, weights[k], best);
    }
    double value = small.getRealEigenvalue(0);
    double gap = steps > 1 ? value - small.getRealEigenvalue(1) : value;
    double residual = basis.size() > steps ? besides[steps - 1] * Math.abs(weights[steps - 1]) : 0;
    return new Ritz(value, unit(best), residual == 0 ? 0 : residual / gap);
  }

  /**
   * The best pair of a space.
   *
   * @param angle about its sine to the true vector: the length of M u - value u, divided by the
   *     distance to the next value
   */
  @SuppressWarnings("ArrayRecordComponent") // computed once, never compared
  private record Ritz(double value, double[] vector, double angle) {}

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
   * Adds up the rows, since a row is also a column. Java vectorises that, but no inner products.
   */
  private static double[] product(int n, double[] matrix, double[] vector) {
    double[] image = new double[n];
    for (int i = 0; i < n; i++) {
      add(matrix, i * n, vector[i], image);
    }
    return image;
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
