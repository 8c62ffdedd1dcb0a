package io.similitude.job;

import io.similitude.extraction.SiteVectors;
import io.similitude.similarity.Measures;
import io.similitude.similarity.PackedGram;
import io.similitude.store.UnitKey;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What {@code run} would do. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    versionProvider = Similitude.Provider.class,
    description =
        "What run would do: units, which are done already, sizes, FLOPs, bytes; starts no Spark job.")
final class PlanCommand implements Callable<Integer> {
  private static final double GIB = 1L << 30;
  private static final double GIGA = 1e9;

  @Mixin private SweepOptions options;

  @Override
  public Integer call() throws IOException {
    try (SweepRun run = SweepRun.open(options)) {
      SweepPlan plan = run.plan();
      Set<UnitKey> done = run.folder().done(plan.units());
      TextTable table =
          new TextTable(
              "checkpoint",
              "layers",
              "units",
              "done",
              "GFLOP",
              "GiB of Grams",
              "GiB to extract",
              "GiB to attack");
      for (CheckpointPlan checkpoint : plan.checkpoints()) {
        table.add(row(plan, checkpoint, done));
      }
      System.out.print(table);
      System.out.println(total(run, done));
      return run.complain().code();
    }
  }

  private static Object[] row(SweepPlan sweep, CheckpointPlan plan, Set<UnitKey> done) {
    long units = plan.units().stream().filter(unit -> done.contains(unit.unit().key())).count();
    return new Object[] {
      plan.checkpoint().id(),
      plan.layers().size(),
      plan.units().size(),
      units,
      number(forwardFlops(plan) + gramFlops(plan), GIGA),
      number(gramBytes(plan), GIB),
      number((double) plan.network().bytes(), GIB),
      isAttacked(sweep, plan) ? number(attackBytes(plan), GIB) : "-"
    };
  }

  private static String total(SweepRun run, Set<UnitKey> done) throws IOException {
    SweepPlan plan = run.plan();
    Set<UnitKey> all = new HashSet<>();
    plan.units().forEach(unit -> all.add(unit.key()));
    ComparisonPlan parts = new ComparisonPlanner(plan).plan(all, run.folder().coverages(List.of()));
    long sites =
        plan.checkpoints().stream().mapToLong(checkpoint -> checkpoint.layers().size()).sum()
            * plan.spec().views().size();
    double products =
        plan.batches().stream()
            .mapToDouble(batch -> (double) batch.count() * (batch.count() - 1) * sites * sites / 2)
            .sum();
    return ("extract: %d of %d units done; %d examples in %d batches, %d left out%n"
            + "compare: %d of %d parts done; %d representations, %s GFLOP of products, %s GiB of Grams read, %s GiB at once")
        .formatted(
            done.size(),
            plan.units().size(),
            plan.examples(),
            plan.batches().size(),
            plan.leftOut(),
            parts.kept().size(),
            parts.all().size(),
            sites,
            number(products, GIGA),
            number(plan.checkpoints().stream().mapToDouble(PlanCommand::gramBytes).sum(), GIB),
            number(
                new ComparisonPlanner(plan)
                    .parts(all).stream()
                        .mapToDouble(part -> comparisonBytes(plan, part))
                        .max()
                        .orElse(0),
                GIB));
  }

  private static double forwardFlops(CheckpointPlan plan) {
    return plan.units().stream()
        .mapToDouble(unit -> (double) plan.network().flops() * unit.batch().count())
        .sum();
  }

  /** Of the symmetric half: n (n + 1) products and sums for each feature. */
  private static double gramFlops(CheckpointPlan plan) {
    double features = plan.layers().stream().mapToDouble(layer -> (double) layer.features()).sum();
    return plan.units().stream()
        .mapToDouble(unit -> features * unit.batch().count() * (unit.batch().count() + 1))
        .sum();
  }

  private static double gramBytes(CheckpointPlan plan) {
    return plan.units().stream()
        .mapToDouble(
            unit ->
                (double) PackedGram.length(unit.batch().count())
                    * Float.BYTES
                    * plan.layers().size())
        .sum();
  }

  private static boolean isAttacked(SweepPlan sweep, CheckpointPlan plan) {
    String id = plan.checkpoint().id();
    return sweep.spec().views().stream()
        .anyMatch(view -> view.attack().isPresent() && view.craftOn().orElse(id).equals(id));
  }

  /** Outside of the heap, for one task, where its gradients are of the size that a CPU takes. */
  private static double attackBytes(CheckpointPlan plan) {
    int largest = plan.units().stream().mapToInt(unit -> unit.batch().count()).max().orElse(0);
    return (double) plan.network().gradientBytes() * Math.min(largest, PerturbedInputs.CPU_PASS);
  }

  /** Outside of the heap, for one task: the vectors of two groups of sites, or of one. */
  private static double comparisonBytes(SweepPlan plan, PartTask part) {
    int sites = part.rows().size() + (part.isSymmetric() ? 0 : part.columns().size());
    return plan.spec().similarities().stream()
        .flatMap(spec -> Measures.product(spec).stream())
        .mapToDouble(measure -> SiteVectors.bytes(sites, measure.length(plan.largestBatch())))
        .sum();
  }

  private static String number(double value, double unit) {
    return String.format(Locale.ROOT, "%.2f", value / unit);
  }
}
