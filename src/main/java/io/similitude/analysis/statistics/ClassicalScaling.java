package io.similitude.analysis.statistics;

import io.similitude.similarity.gram.Lapack;
import java.util.Arrays;

/**
 * Points in the plane whose distances are close to given ones: classical multidimensional scaling.
 *
 * <pre>
 *   B = -1/2 J D^2 J,  J = I - 1/n;   x_i = (sqrt(w_1) v_1i, sqrt(w_2) v_2i),  w, v of B
 *   stress-1 = sqrt(sum (d_ij - |x_i - x_j|)^2 / sum d_ij^2)
 * </pre>
 *
 * <p>Each axis has the direction in which its largest coordinate is positive. Distances that are
 * not Euclidean give negative eigenvalues; their share is reported.
 *
 * <p>Source: J. C. Gower, Some distance properties of latent root and vector methods, Biometrika 53
 * (1966); J. B. Kruskal, Psychometrika 29 (1964), for stress.
 */
public final class ClassicalScaling {
  private static final int AXES = 2;

  private final double[][] points;
  private final double stress;
  private final double share;
  private final double negative;

  private ClassicalScaling(double[][] points, double stress, double share, double negative) {
    this.points = points;
    this.stress = stress;
    this.share = share;
    this.negative = negative;
  }

  /**
   * Finds the best points for these distances.
   *
   * @param distances symmetric, zeros on the diagonal, not all of them zero
   */
  public static ClassicalScaling of(double[][] distances) {
    int n = distances.length;
    Lapack.Decomposition eigen = Lapack.eigen(n, centred(distances));
    double[] values = eigen.values();
    double[][] points = new double[n][AXES];
    for (int axis = 0; axis < Math.min(AXES, n); axis++) {
      double root = Math.sqrt(Math.max(0, values[axis]));
      double sign = sign(eigen.vectors(), axis * n, n);
      for (int i = 0; i < n; i++) {
        points[i][axis] = sign * root * eigen.vectors()[axis * n + i];
      }
    }
    double positive = Arrays.stream(values).filter(w -> w > 0).sum();
    double all = Arrays.stream(values).map(Math::abs).sum();
    double shown = Arrays.stream(values).limit(AXES).filter(w -> w > 0).sum();
    return new ClassicalScaling(
        points, stress(distances, points), shown / positive, (all - positive) / all);
  }

  /** The two coordinates of each point. */
  public double[][] points() {
    return Arrays.stream(points).map(double[]::clone).toArray(double[][]::new);
  }

  /** Kruskal's stress-1: how far the distances of the points are from the given ones. */
  public double stress() {
    return stress;
  }

  /** The share of the positive eigenvalues that the two axes have. */
  public double share() {
    return share;
  }

  /** The share of all absolute eigenvalues that is negative. */
  public double negative() {
    return negative;
  }

  private static double[] centred(double[][] distances) {
    int n = distances.length;
    double[] means = new double[n];
    for (int i = 0; i < n; i++) {
      means[i] = Arrays.stream(distances[i]).map(d -> d * d).sum() / n;
    }
    double mean = Arrays.stream(means).sum() / n;
    double[] centred = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double square = distances[i][j] * distances[i][j];
        centred[i * n + j] = -(square - means[i] - means[j] + mean) / 2;
      }
    }
    return centred;
  }

  private static double sign(double[] vectors, int from, int n) {
    double largest = 0;
    for (int i = from; i < from + n; i++) {
      largest = Math.abs(vectors[i]) > Math.abs(largest) ? vectors[i] : largest;
    }
    return largest < 0 ? -1 : 1;
  }

  private static double stress(double[][] distances, double[][] points) {
    double misfit = 0;
    double squares = 0;
    for (int i = 0; i < points.length; i++) {
      for (int j = i + 1; j < points.length; j++) {
        double shown = Math.hypot(points[i][0] - points[j][0], points[i][1] - points[j][1]);
        misfit += (distances[i][j] - shown) * (distances[i][j] - shown);
        squares += distances[i][j] * distances[i][j];
      }
    }
    return Math.sqrt(misfit / squares);
  }
}
