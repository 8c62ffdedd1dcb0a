package io.similitude.analysis.statistics;

/**
 * Rotates or reflects points of the plane so that they are as close as possible to others, by least
 * squares.
 */
public final class Rotation {
  private Rotation() {}

  /**
   * The points, rotated or reflected about the origin.
   *
   * <p>With M = sum y_i x_i^T the best rotation has the angle atan2(M_12 - M_21, M_11 + M_22), and
   * the best reflection atan2(M_12 + M_21, M_11 - M_22); the better of the two is taken.
   *
   * @param points one pair of coordinates for each point
   * @param onto the same number of points
   */
  public static double[][] turned(double[][] points, double[][] onto) {
    double[][] m = new double[2][2];
    for (int i = 0; i < points.length; i++) {
      for (int a = 0; a < 2; a++) {
        for (int b = 0; b < 2; b++) {
          m[a][b] += points[i][a] * onto[i][b];
        }
      }
    }
    double turn = Math.hypot(m[0][1] - m[1][0], m[0][0] + m[1][1]);
    double mirror = Math.hypot(m[0][1] + m[1][0], m[0][0] - m[1][1]);
    int side = turn >= mirror ? 1 : -1;
    double angle = Math.atan2(m[0][1] - side * m[1][0], m[0][0] + side * m[1][1]);
    double[][] turned = new double[points.length][];
    for (int i = 0; i < points.length; i++) {
      double x = points[i][0];
      double y = side * points[i][1];
      turned[i] =
          new double[] {
            x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)
          };
    }
    return turned;
  }
}
