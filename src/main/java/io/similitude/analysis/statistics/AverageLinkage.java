package io.similitude.analysis.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The tree of average linkage. In each step it joins the two clusters whose members have the least
 * mean distance (UPGMA; R. Sokal, C. Michener, 1958). If distances are equal, it joins the pair
 * with the first members.
 *
 * @param merges n - 1 merges, in the order in which they happen
 */
public record AverageLinkage(List<Merge> merges) {
  public AverageLinkage {
    merges = List.copyOf(merges);
  }

  /**
   * Two clusters that become one.
   *
   * @param members all members of the new cluster, ascending
   * @param height the mean distance between the two
   */
  public record Merge(List<Integer> members, double height) {
    public Merge {
      members = List.copyOf(members);
    }
  }

  /** The tree of a symmetric matrix of distances. */
  public static AverageLinkage of(double[][] distances) {
    int n = distances.length;
    double[][] means = Arrays.stream(distances).map(double[]::clone).toArray(double[][]::new);
    List<List<Integer>> clusters = new ArrayList<>();
    IntStream.range(0, n).forEach(i -> clusters.add(List.of(i)));
    List<Merge> merges = new ArrayList<>();
    while (merges.size() < n - 1) {
      int[] pair = closest(means, clusters);
      List<Integer> joined = new ArrayList<>(clusters.get(pair[0]));
      joined.addAll(clusters.get(pair[1]));
      merges.add(new Merge(joined.stream().sorted().toList(), means[pair[0]][pair[1]]));
      join(means, clusters, pair[0], pair[1]);
      clusters.set(pair[0], joined);
      clusters.set(pair[1], List.of());
    }
    return new AverageLinkage(merges);
  }

  /** How well heights of the tree follow the distances: their correlation over all pairs. */
  public OptionalDouble copheneticCorrelation(double[][] distances) {
    double[][] heights = heights(distances.length);
    List<double[]> pairs = new ArrayList<>();
    for (int i = 0; i < distances.length; i++) {
      for (int j = i + 1; j < distances.length; j++) {
        pairs.add(new double[] {heights[i][j], distances[i][j]});
      }
    }
    return Regression.correlation(
        pairs.stream().mapToDouble(it -> it[0]).toArray(),
        pairs.stream().mapToDouble(it -> it[1]).toArray());
  }

  /** The height at which each pair is first in one cluster. */
  private double[][] heights(int n) {
    double[][] heights = new double[n][n];
    for (int m = merges.size() - 1; m >= 0; m--) {
      for (int i : merges.get(m).members()) {
        for (int j : merges.get(m).members()) {
          heights[i][j] = i == j ? 0 : merges.get(m).height();
        }
      }
    }
    return heights;
  }

  private static int[] closest(double[][] means, List<List<Integer>> clusters) {
    int[] pair = {-1, -1};
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < means.length; i++) {
      for (int j = i + 1; !clusters.get(i).isEmpty() && j < means.length; j++) {
        if (!clusters.get(j).isEmpty() && means[i][j] < least) {
          least = means[i][j];
          pair = new int[] {i, j};
        }
      }
    }
    return pair;
  }

  private static void join(double[][] means, List<List<Integer>> clusters, int a, int b) {
    double ofA = clusters.get(a).size();
    double ofB = clusters.get(b).size();
    for (int k = 0; k < means.length; k++) {
      double mean = (ofA * means[a][k] + ofB * means[b][k]) / (ofA + ofB);
      means[a][k] = mean;
      means[k][a] = mean;
    }
  }
}
