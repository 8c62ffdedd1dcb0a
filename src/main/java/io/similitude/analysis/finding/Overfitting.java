package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.Regression;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.analysis.statistics.Thirds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Finds at which depth a network overfits. For each layer it gives a gap: a number on training
 * examples minus the same number on test examples. It also gives the slope of that gap over
 * relative depth. The two samples are independent, so the squares of their errors add.
 *
 * <pre>
 *   labels:       CKA(layer, labels | train) - CKA(layer, labels | test)
 *   sensitivity:  (1 - CKA(benign, perturbed | test)) - (1 - CKA(benign, perturbed | train))
 * </pre>
 *
 * <p>The first number suits standard training, the second suits robust training. Deeper layers
 * overfit if the slope and the gap of the last third are both surely positive. Drift, 1 -
 * similarity of a layer at one epoch with itself at the last, needs no training examples.
 */
final class Overfitting implements Finding {
  private static final String NAME = "overfitting";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void find(SweepView sweep, FindingResults found) {
    List<ComparedView> plain = sweep.views().stream().filter(it -> !it.isPerturbed()).toList();
    Optional<ComparedView> train = plain.stream().filter(Overfitting::isTraining).findFirst();
    Optional<ComparedView> test = plain.stream().filter(it -> !isTraining(it)).findFirst();
    if (train.isPresent() && test.isPresent()) {
      labels(sweep, train.get().id(), test.get().id(), found);
      sensitivity(sweep, train.get(), test.get(), found);
    }
    drift(sweep, found);
  }

  private static boolean isTraining(ComparedView view) {
    return ComparedView.TRAINING.equals(view.data());
  }

  private void labels(SweepView sweep, String train, String test, FindingResults found) {
    for (LabelSummary seen : sweep.labelled()) {
      if (seen.view().equals(train)) {
        Optional<LabelSummary> unseen =
            sweep.labelled().stream()
                .filter(it -> it.view().equals(test) && it.measure().equals(seen.measure()))
                .filter(it -> it.checkpoint().equals(seen.checkpoint()))
                .filter(it -> it.layers().equals(seen.layers()))
                .findFirst();
        unseen.ifPresent(
            it ->
                add(
                    "labels",
                    FindingRow.of(NAME, version(), seen.measure())
                        .views(train, test)
                        .a(seen.checkpoint()),
                    it.layers(),
                    new Gap(seen.byLayer(), it.byLayer()),
                    found));
      }
    }
  }

  private void sensitivity(
      SweepView sweep, ComparedView train, ComparedView test, FindingResults found) {
    for (MatchedSummary seen : sweep.matched()) {
      if (seen.view().equals(train.id()) && Sensitivity.isPerturbed(sweep, seen)) {
        ComparedView attack = sweep.view(seen.otherView()).orElseThrow();
        sweep.matched().stream()
            .filter(it -> it.view().equals(test.id()) && Sensitivity.isPerturbed(sweep, it))
            .filter(it -> it.a().equals(seen.a()) && it.measure().equals(seen.measure()))
            .filter(it -> isSameAttack(attack, sweep.view(it.otherView()).orElseThrow()))
            .filter(it -> it.layers().equals(seen.layers()))
            .findFirst()
            .ifPresent(
                it ->
                    add(
                        "sensitivity",
                        FindingRow.of(NAME, version(), seen.measure())
                            .views(seen.otherView(), it.otherView())
                            .a(seen.a()),
                        it.layers(),
                        new Gap(seen.byLayer(), it.byLayer()),
                        found));
      }
    }
  }

  private static boolean isSameAttack(ComparedView one, ComparedView other) {
    return Objects.equals(one.attack(), other.attack())
        && Objects.equals(one.epsilon(), other.epsilon());
  }

  private void add(
      String of, FindingRow.Builder row, List<String> layers, Gap gap, FindingResults found) {
    if (layers.size() < SquareSummary.FEWEST_LAYERS) {
      found.add(row.status(FindingStatus.TOO_FEW_LAYERS).statistic(of + "-slope"));
      return;
    }
    Decision decision = gap.isDeeper();
    found.add(gap.write(row, Thirds::deep).statistic(of + "-deep-gap"));
    found.add(gap.write(row, Thirds::early).statistic(of + "-early-gap"));
    found.add(gap.write(row, Regression::overDepth).decision(0, decision).statistic(of + "-slope"));
    FindingRow last = row.statistic(of + "-slope");
    for (int i = 0; i < layers.size(); i++) {
      int at = i;
      FindingRow point = gap.write(row, it -> it[at]).statistic(of);
      found.add(
          new CurveRow(
              NAME,
              of + "-gap",
              last.measure(),
              last.a(),
              last.view(),
              last.otherView(),
              i / (layers.size() - 1.0),
              layers.get(i),
              point.value(),
              point.errorExamples(),
              1));
    }
  }

  /** The drift of each checkpoint of a run from the last checkpoint of the run. */
  private void drift(SweepView sweep, FindingResults found) {
    List<String> last = sweep.representatives().stream().map(ComparedNetwork::id).toList();
    for (MatchedSummary pair : sweep.matched()) {
      boolean isOfRun =
          pair.view().equals(pair.otherView())
              && !pair.a().equals(pair.b())
              && last.contains(pair.a()) != last.contains(pair.b())
              && run(sweep, pair.a()).equals(run(sweep, pair.b()));
      if (isOfRun && pair.byLayer().size() >= SquareSummary.FEWEST_LAYERS) {
        boolean isLastFirst = last.contains(pair.a());
        add(pair, isLastFirst ? pair.b() : pair.a(), isLastFirst ? pair.a() : pair.b(), found);
      }
    }
  }

  private void add(MatchedSummary pair, String earlier, String last, FindingResults found) {
    List<ToDoubleFunction<double[]>> parts = List.of(Thirds::early, Thirds::middle, Thirds::deep);
    List<String> names = List.of("early-drift", "middle-drift", "deep-drift");
    for (int i = 0; i < parts.size(); i++) {
      ToDoubleFunction<double[]> part = parts.get(i);
      found.add(
          FindingRow.of(NAME, version(), pair.measure())
              .view(pair.view())
              .a(earlier)
              .b(last)
              .value(pair.overLayers(it -> 1 - part.applyAsDouble(it)))
              .rests(2, 1)
              .statistic(names.get(i)));
    }
    int layers = pair.byLayer().size();
    for (int i = 0; i < layers; i++) {
      Replicated drift = pair.byLayer().get(i).map(s -> 1 - s);
      found.add(
          new CurveRow(
              NAME,
              "drift",
              pair.measure(),
              earlier,
              pair.view(),
              null,
              i / (layers - 1.0),
              pair.layers().get(i),
              drift.value(),
              drift.error().isPresent() ? drift.error().getAsDouble() : null,
              2));
    }
  }

  private static String run(SweepView sweep, String id) {
    return sweep.network(id).map(ComparedNetwork::run).orElse(id);
  }

  /** Numbers of layers on training examples minus those on test examples. */
  private record Gap(List<Replicated> train, List<Replicated> test) {
    FindingRow.Builder write(FindingRow.Builder row, ToDoubleFunction<double[]> function) {
      Replicated seen = over(train, function);
      Replicated unseen = over(test, function);
      row.value(seen.value() - unseen.value()).independent(seen, unseen);
      return row;
    }

    Decision isDeeper() {
      Replicated seen = over(train, Regression::overDepth);
      Replicated unseen = over(test, Regression::overDepth);
      if (seen.error().isEmpty() || unseen.error().isEmpty()) {
        return Decision.UNDECIDED;
      }
      double slope = seen.value() - unseen.value();
      double error = Math.hypot(seen.error().getAsDouble(), unseen.error().getAsDouble());
      double t = Replicated.quantile(Math.min(seen.groups(), unseen.groups()) - 1.0);
      double deep = over(train, Thirds::deep).value() - over(test, Thirds::deep).value();
      return slope > t * error && deep > 0 ? Decision.PRESENT : Decision.ABSENT;
    }

    private static Replicated over(List<Replicated> byLayer, ToDoubleFunction<double[]> function) {
      List<double[]> rows = new ArrayList<>();
      for (int g = -1; g < byLayer.get(0).groups(); g++) {
        int group = g;
        rows.add(
            byLayer.stream()
                .mapToDouble(it -> group < 0 ? it.value() : it.without()[group])
                .toArray());
      }
      double[] numbers = rows.stream().mapToDouble(function).toArray();
      return Replicated.of(numbers[0], Arrays.copyOfRange(numbers, 1, numbers.length));
    }
  }
}
