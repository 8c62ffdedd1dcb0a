package io.similitude.analysis.statistics;

/**
 * How similarity fades with the distance of layers: m(d), the mean of S over all pairs of layers d
 * apart. Statistics of a square of L similarities; distances are shares of the depth L - 1.
 */
public final class LagCurve {
  private static final double FAR = 0.5;
  private static final double NEAR = 0.1;

  private LagCurve() {}

  /** m(0), ..., m(L - 1). */
  public static double[] of(double[][] similarities) {
    int n = similarities.length;
    double[] curve = new double[n];
    for (int d = 0; d < n; d++) {
      for (int i = 0; i + d < n; i++) {
        curve[d] += similarities[i][i + d];
      }
      curve[d] /= n - d;
    }
    return curve;
  }

  /** Mean similarity of layers at least half of the depth apart. */
  public static double longRange(double[][] similarities) {
    return mean(similarities, FAR * (similarities.length - 1), similarities.length);
  }

  /**
   * Mean similarity of different layers at most a tenth of the depth apart, always including
   * neighbours.
   */
  public static double shortRange(double[][] similarities) {
    return mean(similarities, 1, Math.max(1, NEAR * (similarities.length - 1)));
  }

  /** Mean similarity of different layers. */
  public static double offDiagonal(double[][] similarities) {
    return mean(similarities, 1, similarities.length);
  }

  /** Mean similarity of the first third of the layers with the last. */
  public static double earlyLate(double[][] similarities) {
    int n = similarities.length;
    int third = n / 3;
    double sum = 0;
    for (int i = 0; i < third; i++) {
      for (int j = n - third; j < n; j++) {
        sum += similarities[i][j];
      }
    }
    return sum / (third * third);
  }

  /**
   * The least relative distance at which m is half of m(1), by linear interpolation; 1 if it never
   * is.
   */
  public static double halfDepth(double[][] similarities) {
    double[] curve = of(similarities);
    double half = curve[1] / 2;
    for (int d = 2; d < curve.length; d++) {
      if (curve[d] <= half) {
        double step = (curve[d - 1] - half) / (curve[d - 1] - curve[d]);
        return (d - 1 + step) / (curve.length - 1);
      }
    }
    return 1;
  }

  /** L^2 / sum S^2: about the number of directions over which the layers spread. */
  public static double participationRatio(double[][] similarities) {
    double trace = 0;
    double squares = 0;
    for (int i = 0; i < similarities.length; i++) {
      trace += similarities[i][i];
      for (double cell : similarities[i]) {
        squares += cell * cell;
      }
    }
    return trace * trace / squares;
  }

  private static double mean(double[][] similarities, double nearest, double farthest) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < similarities.length; i++) {
      for (int j = i + 1; j < similarities.length; j++) {
        if (j - i >= nearest && j - i <= farthest) {
          sum += similarities[i][j];
          pairs++;
        }
      }
    }
    return sum / pairs;
  }
}
