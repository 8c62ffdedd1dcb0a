package io.similitude.cli;

import static java.util.stream.Collectors.joining;

import io.similitude.comparison.ActivationTask;
import io.similitude.plan.Estimation;
import io.similitude.plan.SweepPlan;
import io.similitude.similarity.exact.ExactCost;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.store.Part;
import io.similitude.store.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The part of a plan about comparisons from stored activations. It says how many there are, which
 * way computes them, and why.
 */
final class ActivationCosts {
  private static final double GIGA = 1e9;

  private final SweepPlan plan;
  private final List<ActivationTask> tasks;

  /**
   * @param tasks all such tasks of the plan
   */
  ActivationCosts(SweepPlan plan, List<ActivationTask> tasks) {
    this.plan = plan;
    this.tasks = tasks;
  }

  /** Returns lines for each way that is used. Each line starts with a line break. */
  String lines(RunFolder folder) throws IOException {
    Set<Part> present = folder.listing().present(tasks.stream().map(ActivationTask::part).toList());
    List<String> lines = new ArrayList<>();
    for (Estimation estimation : plan.estimations().ofActivations()) {
      List<ActivationTask> parts =
          tasks.stream().filter(task -> task.estimation().equals(estimation)).toList();
      long done = parts.stream().filter(task -> present.contains(task.part())).count();
      lines.add(
          "compare: %d of %d parts done; %s from activations, %s"
              .formatted(done, parts.size(), measures(estimation), way(estimation)));
      if (estimation.way() == Estimation.Way.EXACT_LINEAR) {
        addCosts(parts.stream().map(ActivationTask::cost).toList(), lines);
      }
    }
    return lines.stream().map(line -> System.lineSeparator() + line).collect(joining());
  }

  private static String measures(Estimation estimation) {
    return estimation.measures().stream()
        .map(MeasureSpec::metric)
        .map(metric -> metric.keyword())
        .distinct()
        .collect(joining(", "));
  }

  private String way(Estimation estimation) {
    return switch (estimation.way()) {
      case EXACT_LINEAR, EXACT -> "all N = %d examples together".formatted(plan.allExamples());
      case BATCHES ->
          "%d pass%s over %d batches"
              .formatted(
                  estimation.passes(), estimation.passes() == 1 ? "" : "es", plan.batches().size());
    };
  }

  private static void addCosts(List<ExactCost> costs, List<String> lines) {
    List<ExactCost> covariances = costs.stream().filter(ExactCost::favoursCovariances).toList();
    List<ExactCost> tiles = costs.stream().filter(cost -> !cost.favoursCovariances()).toList();
    if (!covariances.isEmpty()) {
      lines.add(
          "  %d by cross-covariances, 2 N p q a pair: %s GFLOP, Gram tiles would take %s"
              .formatted(
                  covariances.size(),
                  giga(covariances.stream().mapToDouble(ExactCost::covariances).sum()),
                  giga(covariances.stream().mapToDouble(ExactCost::tiles).sum())));
    }
    if (!tiles.isEmpty()) {
      lines.add(
          "  %d by Gram tiles, N^2 p a representation and N^2 a pair: %s GFLOP, cross-covariances would take %s"
              .formatted(
                  tiles.size(),
                  giga(tiles.stream().mapToDouble(ExactCost::tiles).sum()),
                  giga(tiles.stream().mapToDouble(ExactCost::covariances).sum())));
    }
  }

  private static String giga(double flops) {
    return Double.isInfinite(flops)
        ? "more memory than a task has"
        : String.format(Locale.ROOT, "%.2f", flops / GIGA);
  }
}
