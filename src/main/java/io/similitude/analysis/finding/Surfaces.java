package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.Replicated;
import io.similitude.analysis.statistics.Thirds;
import io.similitude.similarity.measure.MeasureColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Finds how similar layers stay to themselves under one attack of growing epsilon, by thirds of the
 * depth. For networks that have an epsilon tag, it gives the surface over both epsilons. It also
 * gives the epsilon at which the mean over layers falls under 0.9, by linear interpolation from
 * similarity 1 at epsilon 0.
 */
final class Surfaces {
  private static final double KEPT = 0.9;

  private final SweepView sweep;
  private final String finding;
  private final int version;

  Surfaces(SweepView sweep, String finding, int version) {
    this.sweep = sweep;
    this.finding = finding;
    this.version = version;
  }

  void find(FindingResults found) {
    Map<Series, List<MatchedSummary>> series = new LinkedHashMap<>();
    for (MatchedSummary pair : sweep.matched()) {
      if (Sensitivity.isPerturbed(sweep, pair)
          && pair.similarity() != null
          && attack(pair).epsilon() != null) {
        series
            .computeIfAbsent(
                new Series(pair.measure(), pair.a(), pair.view(), attack(pair).attack()),
                key -> new ArrayList<>())
            .add(pair);
      }
    }
    series.forEach(
        (of, pairs) -> {
          if (pairs.size() > 1) {
            pairs.sort(Comparator.comparingDouble(it -> attack(it).epsilon()));
            add(of, pairs, found);
          }
        });
  }

  private record Series(MeasureColumns measure, String checkpoint, String view, String attack) {}

  private ComparedView attack(MatchedSummary pair) {
    return sweep.view(pair.otherView()).orElseThrow();
  }

  private void add(Series of, List<MatchedSummary> pairs, FindingResults found) {
    for (MatchedSummary pair : pairs) {
      if (pair.byLayer().size() >= SquareSummary.FEWEST_LAYERS) {
        point(pair, "surface-early", Thirds::early, found);
        point(pair, "surface-middle", Thirds::middle, found);
        point(pair, "surface-deep", Thirds::deep, found);
      }
    }
    FindingRow.Builder row =
        FindingRow.of(finding, version, of.measure())
            .views(of.view(), null)
            .a(of.checkpoint())
            .decision(KEPT, null)
            .detail(of.attack());
    double before = 0;
    double similarity = 1;
    for (MatchedSummary pair : pairs) {
      double epsilon = attack(pair).epsilon();
      double now = pair.similarity().value();
      if (now < KEPT) {
        double step = (similarity - KEPT) / (similarity - now);
        found.add(row.value(before + step * (epsilon - before)).statistic("epsilon-at-0.9"));
        return;
      }
      before = epsilon;
      similarity = now;
    }
    found.add(row.status(FindingStatus.NOT_REACHED).statistic("epsilon-at-0.9"));
  }

  private void point(
      MatchedSummary pair, String curve, ToDoubleFunction<double[]> third, FindingResults found) {
    Replicated value = pair.overLayers(third);
    found.add(
        new CurveRow(
            finding,
            curve,
            pair.measure(),
            pair.a(),
            pair.view(),
            pair.otherView(),
            attack(pair).epsilon(),
            null,
            value.value(),
            value.error().isPresent() ? value.error().getAsDouble() : null,
            1));
  }
}
