package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.PermutationTest;
import io.similitude.analysis.statistics.Regression;
import io.similitude.similarity.measure.MeasureColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Relates numbers of networks to a tag with ordered values, such as epsilon or width. It gives the
 * slope and Spearman's correlation over training runs, tested by permuting the runs.
 */
final class OrderedTags {
  private final SweepView sweep;
  private final String finding;
  private final int version;

  OrderedTags(SweepView sweep, String finding, int version) {
    this.sweep = sweep;
    this.finding = finding;
    this.version = version;
  }

  void find(FindingResults found) {
    for (String tag : sweep.settings().order()) {
      List<ComparedNetwork> runs =
          sweep.representatives().stream()
              .filter(
                  it ->
                      it.tag(tag).map(TagNumber::of).filter(OptionalDouble::isPresent).isPresent())
              .toList();
      if (runs.stream().map(it -> it.tag(tag)).distinct().count() < 2) {
        continue;
      }
      for (MeasureColumns measure : sweep.measures()) {
        for (ComparedView view : sweep.views()) {
          add(tag, "long-range", runs, measure, view, id -> longRange(measure, view, id), found);
          add(tag, "kept", runs, measure, view, id -> kept(measure, view, id), found);
        }
      }
    }
  }

  private void add(
      String tag,
      String of,
      List<ComparedNetwork> runs,
      MeasureColumns measure,
      ComparedView view,
      Function<String, OptionalDouble> number,
      FindingResults found) {
    List<double[]> points = new ArrayList<>();
    for (ComparedNetwork run : runs) {
      double x = TagNumber.of(run.tag(tag).orElseThrow()).orElseThrow();
      number.apply(run.id()).ifPresent(y -> points.add(new double[] {x, y}));
    }
    double[] x = points.stream().mapToDouble(it -> it[0]).toArray();
    double[] y = points.stream().mapToDouble(it -> it[1]).toArray();
    OptionalDouble slope = Regression.slope(x, y);
    OptionalDouble ranks = Regression.rankCorrelation(x, y);
    if (slope.isEmpty() || ranks.isEmpty()) {
      return;
    }
    found.add(
        row(tag, measure, view, x.length).value(slope.getAsDouble()).statistic(of + "-slope"));
    FindingRow.Builder row = row(tag, measure, view, x.length).value(ranks.getAsDouble());
    if (x.length < TagGroups.FEWEST_RUNS) {
      found.add(row.status(FindingStatus.TOO_FEW_RUNS).statistic(of + "-rank-correlation"));
      return;
    }
    PermutationTest test =
        PermutationTest.of(
            IntStream.range(0, x.length).toArray(),
            new int[x.length],
            order -> Math.abs(Regression.rankCorrelation(permuted(x, order), y).orElseThrow()),
            sweep.settings().permutations(),
            sweep.seed());
    found.add(row.test(test).statistic(of + "-rank-correlation"));
  }

  private static double[] permuted(double[] x, int[] order) {
    return Arrays.stream(order).mapToDouble(i -> x[i]).toArray();
  }

  private OptionalDouble longRange(MeasureColumns measure, ComparedView view, String id) {
    return sweep.squares().stream()
        .filter(it -> it.status() == FindingStatus.OK && it.measure().equals(measure))
        .filter(it -> it.view().equals(view.id()) && it.checkpoint().equals(id))
        .mapToDouble(it -> it.ranges().get(SquareSummary.LONG_RANGE).value())
        .findFirst();
  }

  /** How similar each layer stays to itself under the view's attack. */
  private OptionalDouble kept(MeasureColumns measure, ComparedView view, String id) {
    return sweep.matched().stream()
        .filter(it -> it.measure().equals(measure) && it.a().equals(id))
        .filter(it -> it.otherView().equals(view.id()) && Sensitivity.isPerturbed(sweep, it))
        .filter(it -> it.similarity() != null)
        .mapToDouble(it -> it.similarity().value())
        .findFirst();
  }

  private FindingRow.Builder row(String tag, MeasureColumns measure, ComparedView view, int runs) {
    return FindingRow.of(finding, version, measure).view(view.id()).tag(tag).rests(runs, runs);
  }
}
