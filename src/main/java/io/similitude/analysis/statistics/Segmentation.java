package io.similitude.analysis.statistics;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * The best cuts of a chain of L layers into 1, 2, ... contiguous segments.
 *
 * <pre>
 *   E_K = max over partitions into K segments of (1 / L) sum_s (1 / |s|) sum_{i, j in s} S_ij
 * </pre>
 *
 * <p>S is the L x L matrix of similarities with ones on its diagonal. For CKA it is a Gram matrix
 * of unit vectors. E_K is then the share of their squared norm that the means of the segments
 * explain. The partition is then a least-squares partition. The cuts are found exactly by dynamic
 * programming. If cuts are equal, the one with the earlier last border is taken.
 *
 * <p>Source: W. D. Fisher, On grouping for maximum homogeneity, JASA 53 (1958).
 */
public final class Segmentation {
  private final int layers;
  private final double[][] best;
  private final int[][] last;
  private final double trace;

  private Segmentation(int layers, double[][] best, int[][] last, double trace) {
    this.layers = layers;
    this.best = best;
    this.last = last;
    this.trace = trace;
  }

  /**
   * The best segments of a square of similarities.
   *
   * @param similarities square
   * @param most segments
   * @param least layers of a segment
   */
  public static Segmentation of(double[][] similarities, int most, int least) {
    int n = similarities.length;
    if (least < 1 || most < 1 || n < least) {
      throw new IllegalArgumentException(
          "Invalid segments: at most %d of at least %d of %d layers".formatted(most, least, n));
    }
    int segments = Math.min(most, n / least);
    double[][] sums = cumulative(similarities);
    double[][] best = new double[segments + 1][n + 1];
    int[][] last = new int[segments + 1][n + 1];
    Arrays.stream(best).forEach(row -> Arrays.fill(row, Double.NEGATIVE_INFINITY));
    best[0][0] = 0;
    for (int k = 1; k <= segments; k++) {
      for (int end = k * least; end <= n; end++) {
        for (int start = (k - 1) * least; start <= end - least; start++) {
          double value = best[k - 1][start] + explained(sums, start, end);
          if (value > best[k][end]) {
            best[k][end] = value;
            last[k][end] = start;
          }
        }
      }
    }
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += similarities[i][i];
    }
    return new Segmentation(n, best, last, trace);
  }

  /** The largest number of segments that was tried. */
  public int most() {
    return best.length - 1;
  }

  /** E_K: the share that K segments explain. */
  public double explained(int segments) {
    return best[segments][layers] / trace;
  }

  /** The first layer of each of K segments, except of the first segment. */
  public int[] borders(int segments) {
    Deque<Integer> borders = new ArrayDeque<>();
    int end = layers;
    for (int k = segments; k > 1; k--) {
      end = last[k][end];
      borders.addFirst(end);
    }
    return borders.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * The least number of segments that explain this share; empty if even the largest number does
   * not.
   */
  public OptionalInt least(double share) {
    for (int k = 1; k <= most(); k++) {
      if (explained(k) >= share) {
        return OptionalInt.of(k);
      }
    }
    return OptionalInt.empty();
  }

  private static double explained(double[][] sums, int start, int end) {
    return (sums[end][end] - sums[start][end] - sums[end][start] + sums[start][start])
        / (end - start);
  }

  private static double[][] cumulative(double[][] matrix) {
    int n = matrix.length;
    double[][] sums = new double[n + 1][n + 1];
    for (int i = 0; i < n; i++) {
      double row = 0;
      for (int j = 0; j < n; j++) {
        row += matrix[i][j];
        sums[i + 1][j + 1] = sums[i][j + 1] + row;
      }
    }
    return sums;
  }
}
