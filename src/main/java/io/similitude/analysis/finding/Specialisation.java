package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.PermutationTest;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.analysis.statistics.RunError;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.spec.FindingsSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Finds how different the layers of a network are from each other. The main number is the long
 * range: the mean similarity of layers at least half of the depth apart. Specialisation is 1 minus
 * the long range. The learned part is the share of the untrained network's long range that training
 * removed. Then come differences between runs and between groups of runs.
 */
final class Specialisation implements Finding {
  private static final String NAME = "specialisation";
  private static final String GROUP_LAG = "group-lag";
  private static final String DIFFERENCE = "long-range-difference";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void find(SweepView sweep, FindingResults found) {
    for (SquareSummary square : sweep.squares()) {
      if (square.status() == FindingStatus.OK) {
        addRanges(sweep, square, found);
      } else {
        found.add(row(square).status(square.status()).statistic(SquareSummary.LONG_RANGE));
      }
    }
    for (MeasureColumns measure : sweep.measures()) {
      for (ComparedView view : sweep.views()) {
        List<SquareSummary> runs = runs(sweep, measure, view);
        if (runs.size() <= FindingsSpec.MOST_MATCHED) {
          addDifferences(runs, found);
        }
        TagGroups.all(sweep).forEach(groups -> addGroups(sweep, groups, runs, found));
      }
    }
  }

  private void addRanges(SweepView sweep, SquareSummary square, FindingResults found) {
    square.ranges().forEach((name, value) -> found.add(row(square).value(value).statistic(name)));
    Replicated range = longRange(square);
    found.add(row(square).value(range.map(r -> 1 - r)).statistic("specialisation"));
    sweep
        .network(square.checkpoint())
        .filter(it -> !it.isBeginning())
        .flatMap(sweep::untrained)
        .flatMap(it -> square(sweep, square.measure(), square.view(), it.id()))
        .ifPresent(start -> found.add(learned(square, start)));
    int layers = square.lags().size();
    for (int d = 0; d < layers; d++) {
      found.add(point(square, d));
    }
  }

  private FindingRow learned(SquareSummary square, SquareSummary start) {
    Replicated learned =
        longRange(start).with(longRange(square), (before, now) -> (before - now) / before);
    return row(square).b(start.checkpoint()).value(learned).statistic("learned");
  }

  private static CurveRow point(SquareSummary square, int lag) {
    double error = square.lagErrors().get(lag);
    return new CurveRow(
        NAME,
        "lag",
        square.measure(),
        square.checkpoint(),
        square.view(),
        null,
        lag / (square.lags().size() - 1.0),
        null,
        square.lags().get(lag),
        Double.isNaN(error) ? null : error,
        1);
  }

  private static List<SquareSummary> runs(
      SweepView sweep, MeasureColumns measure, ComparedView view) {
    List<SquareSummary> runs = new ArrayList<>();
    for (ComparedNetwork network : sweep.representatives()) {
      square(sweep, measure, view.id(), network.id()).ifPresent(runs::add);
    }
    return runs;
  }

  private static Optional<SquareSummary> square(
      SweepView sweep, MeasureColumns measure, String view, String checkpoint) {
    return sweep.squares().stream()
        .filter(it -> it.status() == FindingStatus.OK && it.measure().equals(measure))
        .filter(it -> it.view().equals(view) && it.checkpoint().equals(checkpoint))
        .findFirst();
  }

  /**
   * The difference between each run and each later one. It has an error over examples, which says
   * nothing about other runs.
   */
  private void addDifferences(List<SquareSummary> runs, FindingResults found) {
    for (int i = 0; i < runs.size(); i++) {
      for (int j = i + 1; j < runs.size(); j++) {
        SquareSummary first = runs.get(i);
        SquareSummary second = runs.get(j);
        if (longRange(first).groups() == longRange(second).groups()) {
          found.add(
              row(second)
                  .b(first.checkpoint())
                  .value(longRange(second).minus(longRange(first)))
                  .rests(2, 2)
                  .detail("there is one run of each: this does not hold for other runs")
                  .statistic(DIFFERENCE));
        }
      }
    }
  }

  private void addGroups(
      SweepView sweep, TagGroups groups, List<SquareSummary> runs, FindingResults found) {
    if (runs.isEmpty()) {
      return;
    }
    Map<String, List<Integer>> places =
        groups.places(runs.stream().map(SquareSummary::checkpoint).toList());
    List<String> values = List.copyOf(places.keySet());
    for (int i = 0; i < values.size(); i++) {
      for (int j = 0; j < values.size(); j++) {
        if (groups.isContrasted(values.get(j), values.get(i), j > i)) {
          found.add(difference(sweep, groups, runs, values.get(j), values.get(i), places));
        }
      }
    }
    if (runs.stream().map(it -> it.lags().size()).distinct().count() == 1) {
      places.forEach(
          (value, at) ->
              groupCurve(groups.tag() + "=" + value, at.stream().map(runs::get).toList(), found));
    }
  }

  /** The mean curve over runs, with its error over runs. */
  private static void groupCurve(String of, List<SquareSummary> runs, FindingResults found) {
    SquareSummary first = runs.get(0);
    int layers = first.lags().size();
    for (int d = 0; d < layers; d++) {
      int lag = d;
      double[] values = runs.stream().mapToDouble(it -> it.lags().get(lag)).toArray();
      OptionalDouble error = RunError.ofMean(values);
      found.add(
          new CurveRow(
              NAME,
              GROUP_LAG,
              first.measure(),
              of,
              first.view(),
              null,
              d / (layers - 1.0),
              null,
              Arrays.stream(values).average().orElseThrow(),
              error.isPresent() ? error.getAsDouble() : null,
              runs.size()));
    }
  }

  private FindingRow difference(
      SweepView sweep,
      TagGroups groups,
      List<SquareSummary> runs,
      String value,
      String base,
      Map<String, List<Integer>> places) {
    List<Replicated> a = places.get(value).stream().map(k -> longRange(runs.get(k))).toList();
    List<Replicated> b = places.get(base).stream().map(k -> longRange(runs.get(k))).toList();
    FindingRow.Builder row =
        FindingRow.of(NAME, version(), runs.get(0).measure())
            .view(runs.get(0).view())
            .tag(groups.tag())
            .a(groups.tag() + "=" + value)
            .b(groups.tag() + "=" + base)
            .value(Replicated.mean(a).minus(Replicated.mean(b)))
            .rests(a.size() + b.size(), a.size() + b.size());
    if (a.size() > 1 && b.size() > 1) {
      RunError error = RunError.welch(values(a), values(b));
      row.errorNetworks(OptionalDouble.of(error.error())).interval(error.margin());
    }
    List<Integer> all = new ArrayList<>(places.get(value));
    all.addAll(places.get(base));
    double[] numbers = all.stream().mapToDouble(k -> longRange(runs.get(k)).value()).toArray();
    int[] labels = IntStream.range(0, numbers.length).map(k -> k < a.size() ? 0 : 1).toArray();
    List<String> ids = all.stream().map(k -> runs.get(k).checkpoint()).toList();
    if (!groups.canBeTested(ids, labels)) {
      return row.status(FindingStatus.TOO_FEW_RUNS).statistic(DIFFERENCE);
    }
    PermutationTest test =
        PermutationTest.of(
            labels,
            groups.blocks(ids, labels),
            it -> Math.abs(mean(numbers, it, 0) - mean(numbers, it, 1)),
            sweep.settings().permutations(),
            sweep.seed());
    return row.test(test).statistic(DIFFERENCE);
  }

  private static double[] values(List<Replicated> numbers) {
    return numbers.stream().mapToDouble(Replicated::value).toArray();
  }

  private static double mean(double[] numbers, int[] labels, int label) {
    return IntStream.range(0, numbers.length)
        .filter(i -> labels[i] == label)
        .mapToDouble(i -> numbers[i])
        .average()
        .orElseThrow();
  }

  private static Replicated longRange(SquareSummary square) {
    return square.ranges().get(SquareSummary.LONG_RANGE);
  }

  private FindingRow.Builder row(SquareSummary square) {
    return FindingRow.of(NAME, version(), square.measure())
        .view(square.view())
        .a(square.checkpoint());
  }
}
