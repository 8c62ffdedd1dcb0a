package io.similitude.analysis.statistics;

import java.util.OptionalDouble;

/**
 * How much more similar two layers of one segment are than two layers at the same distance in
 * different segments.
 *
 * <p>It is exactly 0 for every matrix that depends on the distance alone, for any segments. So a
 * similarity that only fades with distance is not mistaken for blocks. It does not exist with one
 * segment, or if no distance has pairs of both kinds.
 */
public final class EqualLagContrast {
  private EqualLagContrast() {}

  /**
   * The contrast of these segments.
   *
   * @param similarities square
   * @param borders the first layer of each segment except the first, ascending
   */
  public static OptionalDouble of(double[][] similarities, int[] borders) {
    int n = similarities.length;
    int[] segments = segments(n, borders);
    double sum = 0;
    double weights = 0;
    for (int d = 1; d < n; d++) {
      // Differences from the first of the diagonal are exactly 0 where all are equal.
      double first = similarities[0][d];
      double inside = 0;
      double across = 0;
      int in = 0;
      int out = 0;
      for (int i = 0; i + d < n; i++) {
        double difference = similarities[i][i + d] - first;
        if (segments[i] == segments[i + d]) {
          inside += difference;
          in++;
        } else {
          across += difference;
          out++;
        }
      }
      if (in > 0 && out > 0) {
        double weight = (double) in * out / (in + out);
        sum += weight * (inside / in - across / out);
        weights += weight;
      }
    }
    return weights > 0 ? OptionalDouble.of(sum / weights) : OptionalDouble.empty();
  }

  /**
   * Mean similarity of pairs in one segment minus that of pairs across segments, at any distance.
   */
  public static OptionalDouble raw(double[][] similarities, int[] borders) {
    int n = similarities.length;
    int[] segments = segments(n, borders);
    double inside = 0;
    double across = 0;
    int in = 0;
    int out = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        if (segments[i] == segments[j]) {
          inside += similarities[i][j];
          in++;
        } else {
          across += similarities[i][j];
          out++;
        }
      }
    }
    return in > 0 && out > 0
        ? OptionalDouble.of(inside / in - across / out)
        : OptionalDouble.empty();
  }

  private static int[] segments(int layers, int[] borders) {
    int[] segments = new int[layers];
    for (int border : borders) {
      for (int i = border; i < layers; i++) {
        segments[i]++;
      }
    }
    return segments;
  }
}
