package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.AverageLinkage;
import io.similitude.analysis.statistics.ClassicalScaling;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.analysis.statistics.Rotation;
import io.similitude.similarity.measure.MeasureColumns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Maps the networks of a sweep. It gives distances between them, points in the plane ({@link
 * ClassicalScaling}), a tree ({@link AverageLinkage}), nearest neighbours, and networks that are
 * the same.
 */
final class NetworkMap implements Finding {
  private static final String NAME = "network-map";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void find(SweepView sweep, FindingResults found) {
    List<String> all = sweep.networks().stream().map(ComparedNetwork::id).toList();
    for (MatchedSummary pair : sweep.matched()) {
      if (pair.view().equals(pair.otherView()) && !pair.a().equals(pair.b())) {
        pair(pair, found);
      }
    }
    for (MeasureColumns measure : sweep.measures()) {
      for (ComparedView view : sweep.views()) {
        NetworkDistances networks = NetworkDistances.of(sweep, measure, view.id(), all);
        duplicates(networks, found);
        NetworkDistances distinct = networks.distinct();
        if (distinct.size() > 2) {
          map(distinct, found);
          tree(distinct, found);
          neighbours(distinct, found);
        }
      }
    }
  }

  private void pair(MatchedSummary pair, FindingResults found) {
    if (pair.similarity() == null) {
      found.add(
          FindingRow.of(NAME, version(), pair.measure())
              .view(pair.view())
              .a(pair.a())
              .b(pair.b())
              .status(FindingStatus.NO_MATCHED_LAYERS)
              .statistic("distance"));
      return;
    }
    found.add(
        new NetworkRow(
            pair.measure(),
            pair.view(),
            pair.a(),
            pair.b(),
            pair.similarity(),
            pair.distance(),
            pair.layers().size()));
    found.add(
        FindingRow.of(NAME, version(), pair.measure())
            .view(pair.view())
            .a(pair.a())
            .b(pair.b())
            .value(pair.distance())
            .rests(2, 2)
            .statistic("distance"));
  }

  private void duplicates(NetworkDistances networks, FindingResults found) {
    double[][] distances = networks.distance().whole();
    for (int i = 0; i < networks.size(); i++) {
      for (int j = i + 1; j < networks.size(); j++) {
        if (distances[i][j] < NetworkDistances.DUPLICATE) {
          found.add(
              row(networks)
                  .a(networks.networks().get(i))
                  .b(networks.networks().get(j))
                  .value(distances[i][j])
                  .decision(NetworkDistances.DUPLICATE, Decision.PRESENT)
                  .status(FindingStatus.DUPLICATE)
                  .rests(2, 1)
                  .statistic("duplicate"));
        }
      }
    }
  }

  private void map(NetworkDistances networks, FindingResults found) {
    ClassicalScaling scaling = ClassicalScaling.of(networks.distance().whole());
    found.add(row(networks).value(scaling.stress()).statistic("stress"));
    found.add(row(networks).value(scaling.share()).statistic("map-share"));
    found.add(row(networks).value(scaling.negative()).statistic("negative-share"));
    double[][] points = scaling.points();
    List<Replicated> turned =
        networks
            .distance()
            .evaluateAll(it -> flat(Rotation.turned(ClassicalScaling.of(it).points(), points)));
    for (int i = 0; i < points.length; i++) {
      Replicated x = turned.get(2 * i);
      Replicated y = turned.get(2 * i + 1);
      position(networks, i, "x", x, found);
      position(networks, i, "y", y, found);
    }
  }

  private void position(
      NetworkDistances networks, int at, String axis, Replicated place, FindingResults found) {
    found.add(
        row(networks)
            .a(networks.networks().get(at))
            .value(place)
            .rests(1, 1)
            .statistic("position-" + axis));
  }

  private void tree(NetworkDistances networks, FindingResults found) {
    AverageLinkage tree = AverageLinkage.of(networks.distance().whole());
    List<Set<List<Integer>>> replicates = new ArrayList<>();
    networks.distance().evaluateEach(it -> replicates.add(clades(AverageLinkage.of(it))));
    tree.copheneticCorrelation(networks.distance().whole())
        .ifPresent(it -> found.add(row(networks).value(it).statistic("cophenetic-correlation")));
    for (AverageLinkage.Merge merge : tree.merges()) {
      long support = replicates.stream().filter(it -> it.contains(merge.members())).count();
      found.add(
          row(networks)
              .value(merge.height())
              .rests(merge.members().size(), merge.members().size())
              .detail(
                  "%s (in %d of %d replicates)"
                      .formatted(
                          String.join(
                              ", ",
                              merge.members().stream().map(networks.networks()::get).toList()),
                          support,
                          replicates.size()))
              .statistic("clade-height"));
    }
  }

  private static Set<List<Integer>> clades(AverageLinkage tree) {
    Set<List<Integer>> clades = new HashSet<>();
    tree.merges().forEach(it -> clades.add(it.members()));
    return clades;
  }

  private void neighbours(NetworkDistances networks, FindingResults found) {
    double[][] distances = networks.distance().whole();
    List<int[]> replicates = new ArrayList<>();
    networks.distance().evaluateEach(it -> replicates.add(nearest(it)));
    int[] nearest = nearest(distances);
    for (int i = 0; i < nearest.length; i++) {
      int at = i;
      FindingRow.Builder row =
          row(networks)
              .a(networks.networks().get(i))
              .b(networks.networks().get(nearest[i]))
              .value(distances[i][nearest[i]])
              .rests(2, 2);
      if (!replicates.isEmpty()) {
        long same = replicates.stream().filter(it -> it[at] == nearest[at]).count();
        row.detail("in %d of %d replicates".formatted(same, replicates.size()));
      }
      found.add(row.statistic("nearest-neighbour"));
    }
  }

  private static int[] nearest(double[][] distances) {
    return IntStream.range(0, distances.length)
        .map(
            i ->
                IntStream.range(0, distances.length)
                    .filter(j -> j != i)
                    .reduce((a, b) -> distances[i][b] < distances[i][a] ? b : a)
                    .orElseThrow())
        .toArray();
  }

  private static double[] flat(double[][] points) {
    double[] flat = new double[2 * points.length];
    for (int i = 0; i < points.length; i++) {
      flat[2 * i] = points[i][0];
      flat[2 * i + 1] = points[i][1];
    }
    return flat;
  }

  private FindingRow.Builder row(NetworkDistances networks) {
    return FindingRow.of(NAME, version(), networks.measure())
        .view(networks.view())
        .rests(networks.size(), networks.size());
  }
}
