package io.similitude.analysis.statistics;

import java.util.Arrays;

/**
 * How much of the squared distances between units a grouping explains.
 *
 * <pre>
 *   SS_T = 1/n sum_{i<j} d_ij^2,   SS_W = sum_g 1/n_g sum_{i<j in g} d_ij^2
 *   R^2 = 1 - SS_W / SS_T,   F = ((SS_T - SS_W) / (a - 1)) / (SS_W / (n - a)),   a groups
 * </pre>
 *
 * <p>It also tells whether groups have equal spread, from the distance of each unit to its group's
 * centroid:
 *
 * <pre>
 *   z_i^2 = |1/n_g sum_{j in g} d_ij^2 - 1/(2 n_g^2) sum_{j, k in g} d_jk^2|
 * </pre>
 *
 * <p>(PERMDISP). If the spreads differ, they may be the cause of a small p of the first test.
 *
 * <p>Sources: M. J. Anderson, A new method for non-parametric multivariate analysis of variance,
 * Austral Ecology 26 (2001); Distance-based tests for homogeneity of multivariate dispersions,
 * Biometrics 62 (2006).
 */
public final class Permanova {
  private final double[][] squares;
  private final double total;

  /**
   * @param distances symmetric, of the units
   */
  public Permanova(double[][] distances) {
    this.squares =
        Arrays.stream(distances)
            .map(row -> Arrays.stream(row).map(d -> d * d).toArray())
            .toArray(double[][]::new);
    double sum = 0;
    for (int i = 0; i < squares.length; i++) {
      for (int j = i + 1; j < squares.length; j++) {
        sum += squares[i][j];
      }
    }
    this.total = sum / squares.length;
  }

  /** Pseudo-F of a grouping into at least 2 groups, fewer than there are units. */
  public double pseudoF(int[] labels) {
    double within = within(labels);
    int groups = groups(labels);
    return ((total - within) / (groups - 1)) / (within / (labels.length - groups));
  }

  /** The share of the squared distances that a grouping explains. */
  public double explained(int[] labels) {
    return 1 - within(labels) / total;
  }

  /** The distance of each unit to the centroid of its group. */
  public double[] dispersions(int[] labels) {
    double[] distances = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      double toMembers = 0;
      double between = 0;
      int members = 0;
      for (int j = 0; j < labels.length; j++) {
        if (labels[j] == labels[i]) {
          members++;
          toMembers += squares[i][j];
          for (int k = 0; k < labels.length; k++) {
            between += labels[k] == labels[i] ? squares[j][k] : 0;
          }
        }
      }
      distances[i] = Math.sqrt(Math.abs(toMembers / members - between / (2.0 * members * members)));
    }
    return distances;
  }

  /** F of the one-way analysis of variance of numbers. */
  public static double analysisOfVariance(double[] values, int[] labels) {
    int groups = groups(labels);
    double[] sums = new double[groups];
    int[] counts = new int[groups];
    for (int i = 0; i < labels.length; i++) {
      sums[labels[i]] += values[i];
      counts[labels[i]]++;
    }
    double mean = Arrays.stream(values).sum() / values.length;
    double within = 0;
    double between = 0;
    for (int i = 0; i < labels.length; i++) {
      double ofGroup = sums[labels[i]] / counts[labels[i]];
      within += (values[i] - ofGroup) * (values[i] - ofGroup);
      between += (ofGroup - mean) * (ofGroup - mean);
    }
    return (between / (groups - 1)) / (within / (labels.length - groups));
  }

  private double within(int[] labels) {
    int groups = groups(labels);
    double[] sums = new double[groups];
    int[] counts = new int[groups];
    for (int i = 0; i < labels.length; i++) {
      counts[labels[i]]++;
      double[] row = squares[i];
      for (int j = i + 1; j < labels.length; j++) {
        if (labels[i] == labels[j]) {
          sums[labels[i]] += row[j];
        }
      }
    }
    double within = 0;
    for (int g = 0; g < groups; g++) {
      within += sums[g] / counts[g];
    }
    return within;
  }

  private static int groups(int[] labels) {
    return Arrays.stream(labels).max().orElse(-1) + 1;
  }
}
