package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.Replicated;
import io.similitude.analysis.statistics.ReplicatedMatrix;
import io.similitude.similarity.measure.MeasureColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Similarities and distances of all pairs of some networks under one view. Distances are mean arcs,
 * which satisfy the triangle inequality.
 *
 * @param networks ids
 * @param similarity of all pairs, 1 on the diagonal
 * @param distance of all pairs, 0 on the diagonal
 */
record NetworkDistances(
    MeasureColumns measure,
    String view,
    List<String> networks,
    ReplicatedMatrix similarity,
    ReplicatedMatrix distance) {
  /** Networks at a smaller distance count as the same network. */
  static final double DUPLICATE = 1e-3;

  /**
   * The distances of the wanted networks that are compared with all others that remain, in their
   * order.
   *
   * @param wanted ids
   */
  static NetworkDistances of(
      SweepView sweep, MeasureColumns measure, String view, List<String> wanted) {
    Map<String, Map<String, MatchedSummary>> pairs = new HashMap<>();
    for (MatchedSummary pair : sweep.matched()) {
      if (pair.measure().equals(measure)
          && pair.view().equals(view)
          && pair.otherView().equals(view)
          && pair.similarity() != null) {
        pairs.computeIfAbsent(pair.a(), a -> new HashMap<>()).put(pair.b(), pair);
        pairs.computeIfAbsent(pair.b(), b -> new HashMap<>()).put(pair.a(), pair);
      }
    }
    List<String> kept = new ArrayList<>();
    for (String id : wanted) {
      Map<String, MatchedSummary> of = pairs.getOrDefault(id, Map.of());
      if (!of.isEmpty() && of.keySet().containsAll(kept)) {
        kept.add(id);
      }
    }
    int groups =
        kept.stream()
            .flatMap(id -> pairs.get(id).values().stream())
            .mapToInt(it -> it.similarity().groups())
            .min()
            .orElse(0);
    int n = kept.size();
    double[][][] similarity = new double[groups + 1][n][n];
    double[][][] distance = new double[groups + 1][n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        fill(
            similarity,
            i,
            j,
            i == j ? null : pairs.get(kept.get(i)).get(kept.get(j)).similarity(),
            1);
        fill(distance, i, j, i == j ? null : pairs.get(kept.get(i)).get(kept.get(j)).distance(), 0);
      }
    }
    return new NetworkDistances(
        measure, view, List.copyOf(kept), matrix(similarity), matrix(distance));
  }

  int size() {
    return networks.size();
  }

  /** The same without networks that equal an earlier one. */
  NetworkDistances distinct() {
    double[][] distances = distance.whole();
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      int at = i;
      if (kept.stream().allMatch(k -> distances[at][k] >= DUPLICATE)) {
        kept.add(i);
      }
    }
    return at(kept);
  }

  /** The same for these networks only. */
  NetworkDistances at(List<Integer> places) {
    int[] chosen = places.stream().mapToInt(it -> it).toArray();
    return new NetworkDistances(
        measure,
        view,
        places.stream().map(networks::get).toList(),
        similarity.at(chosen, chosen),
        distance.at(chosen, chosen));
  }

  private static void fill(double[][][] numbers, int i, int j, Replicated value, double itself) {
    double[] without = value == null ? null : value.without();
    for (int g = 0; g < numbers.length; g++) {
      if (value == null) {
        numbers[g][i][j] = itself;
      } else {
        numbers[g][i][j] = g == 0 ? value.value() : without[g - 1];
      }
    }
  }

  private static ReplicatedMatrix matrix(double[][][] numbers) {
    return ReplicatedMatrix.of(numbers[0], List.of(numbers).subList(1, numbers.length));
  }
}
