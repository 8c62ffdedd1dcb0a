package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.Regression;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.analysis.statistics.Thirds;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Finds how much an attack changes each layer of the network that it is crafted on. The number is 1
 * - similarity of the layer under the view without attack and the same layer under the attack. It
 * also gives how this number grows with depth.
 */
final class Sensitivity implements Finding {
  private static final String NAME = "sensitivity";

  /** A layer with a larger loss is called changed. */
  private static final double CHANGED = 0.05;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void find(SweepView sweep, FindingResults found) {
    sweep.matched().stream()
        .filter(it -> isPerturbed(sweep, it))
        .filter(it -> !it.byLayer().isEmpty())
        .forEach(it -> add(it, found));
  }

  /** Whether the pair is one network without attack and under an attack, on the same data. */
  static boolean isPerturbed(SweepView sweep, MatchedSummary matched) {
    ComparedView view = sweep.view(matched.view()).orElse(null);
    ComparedView other = sweep.view(matched.otherView()).orElse(null);
    return view != null
        && other != null
        && matched.a().equals(matched.b())
        && !view.isPerturbed()
        && other.isPerturbed()
        && Objects.equals(view.data(), other.data());
  }

  private void add(MatchedSummary matched, FindingResults found) {
    List<Replicated> losses = matched.byLayer().stream().map(it -> it.map(s -> 1 - s)).toList();
    found.add(row(matched).value(Replicated.mean(losses)).statistic("mean-loss"));
    if (losses.size() >= SquareSummary.FEWEST_LAYERS) {
      found.add(row(matched).value(overLayers(matched, Regression::overDepth)).statistic("slope"));
      found.add(row(matched).value(overLayers(matched, Thirds::early)).statistic("early-loss"));
      found.add(row(matched).value(overLayers(matched, Thirds::deep)).statistic("deep-loss"));
    } else {
      found.add(row(matched).status(FindingStatus.TOO_FEW_LAYERS).statistic("slope"));
    }
    firstChanged(matched, losses, found);
    for (int i = 0; i < losses.size(); i++) {
      found.add(point(matched, losses, i));
    }
  }

  private void firstChanged(MatchedSummary matched, List<Replicated> losses, FindingResults found) {
    for (int i = 0; i < losses.size(); i++) {
      if (losses.get(i).value() > CHANGED) {
        found.add(
            row(matched)
                .layer(matched.layers().get(i))
                .value(losses.get(i))
                .decision(CHANGED, null)
                .statistic("first-changed-layer"));
        return;
      }
    }
    found.add(
        row(matched)
            .status(FindingStatus.NOT_REACHED)
            .decision(CHANGED, null)
            .statistic("first-changed-layer"));
  }

  private static Replicated overLayers(
      MatchedSummary matched, ToDoubleFunction<double[]> function) {
    return matched.overLayers(
        values -> function.applyAsDouble(Arrays.stream(values).map(s -> 1 - s).toArray()));
  }

  private static CurveRow point(MatchedSummary matched, List<Replicated> losses, int layer) {
    Replicated loss = losses.get(layer);
    return new CurveRow(
        NAME,
        "loss",
        matched.measure(),
        matched.a(),
        matched.view(),
        matched.otherView(),
        losses.size() == 1 ? 0 : layer / (losses.size() - 1.0),
        matched.layers().get(layer),
        loss.value(),
        loss.error().isPresent() ? loss.error().getAsDouble() : null,
        1);
  }

  private FindingRow.Builder row(MatchedSummary matched) {
    return FindingRow.of(NAME, version(), matched.measure())
        .views(matched.view(), matched.otherView())
        .a(matched.a());
  }
}
