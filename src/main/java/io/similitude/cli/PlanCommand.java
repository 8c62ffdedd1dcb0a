package io.similitude.cli;

import io.similitude.comparison.ActivationPlanner;
import io.similitude.comparison.ComparisonCost;
import io.similitude.comparison.ComparisonPlan;
import io.similitude.comparison.ComparisonPlanner;
import io.similitude.comparison.PartTask;
import io.similitude.comparison.SiteGroup;
import io.similitude.comparison.SiteVectors;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.CheckpointPlan;
import io.similitude.plan.PlannedSites;
import io.similitude.plan.SweepPlan;
import io.similitude.plan.Trainings;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.measure.Measures;
import io.similitude.stage.SweepRun;
import io.similitude.store.UnitKey;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;

/** What {@code run} would do. */
@Command(
    name = "plan",
    description =
        "What run would do: units, which are done already, sizes, FLOPs, bytes; starts no Spark job.")
final class PlanCommand extends SweepCommand {
  private static final double GIB = 1L << 30;
  private static final double GIGA = 1e9;

  @Override
  Trainings.Untrained untrained() {
    return Trainings.Untrained.PLAN;
  }

  @Override
  ExitStatus execute(SweepRun run) throws IOException {
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
    for (PlannedSites sites : plan.sites()) {
      table.add(row(plan, sites, done));
    }
    System.out.print(TrainingCosts.text(run.trainings()));
    System.out.print(table);
    for (SweepPlan data : plan.byData()) {
      if (plan.byData().size() > 1) {
        System.out.println(
            "data set %s:".formatted(String.join(", ", data.spec().datasets().keySet())));
      }
      System.out.println(total(run, data, done));
      new ComparisonPlanner(data).warnings().forEach(System.out::println);
    }
    plan.notes().forEach(System.out::println);
    return end(run);
  }

  private static Object[] row(SweepPlan plan, PlannedSites sites, Set<UnitKey> done) {
    long units = sites.storedUnits().stream().filter(it -> done.contains(it.key())).count();
    Optional<CheckpointPlan> made = made(sites);
    double forward = made.map(PlanCommand::forwardFlops).orElse(0.0);
    return new Object[] {
      sites.id(),
      sites.layerRows().size(),
      sites.storedUnits().size(),
      units,
      number(forward + gramFlops(plan, sites), GIGA),
      number(gramBytes(plan, sites), GIB),
      made.map(it -> number((double) it.network().bytes(), GIB)).orElse("-"),
      made.filter(it -> isAttacked(plan, it)).map(it -> number(attackBytes(it), GIB)).orElse("-")
    };
  }

  private static String total(SweepRun run, SweepPlan plan, Set<UnitKey> done) throws IOException {
    Set<UnitKey> all = new HashSet<>();
    plan.units().forEach(unit -> all.add(unit.key()));
    ComparisonPlanner planner = new ComparisonPlanner(plan);
    ComparisonPlan parts = planner.plan(all, run.folder());
    String again =
        new ActivationCosts(plan, new ActivationPlanner(plan).tasks(all)).lines(run.folder());
    long sites = new SiteGroup(parts.blocks()).size();
    List<PartTask> wholes = planner.parts(all);
    ComparisonCost cost =
        ComparisonCost.of(
            parts.givens().measures(),
            plan.batches().stream().map(BatchPlan::count).toList(),
            wholes);
    return ("extract: %d of %d units done; %d examples in %d batches, %d left out%n"
            + "compare: %d of %d parts done; %d representations, %s GFLOP, %s GiB of Grams read, %s GiB at once%s")
        .formatted(
            plan.units().stream().filter(unit -> done.contains(unit.key())).count(),
            plan.units().size(),
            plan.examples(),
            plan.batches().size(),
            plan.leftOut(),
            parts.kept().size(),
            parts.all().size(),
            sites,
            number(cost.flops(), GIGA),
            number(cost.bytes(), GIB),
            number(
                wholes.stream().mapToDouble(part -> comparisonBytes(plan, part)).max().orElse(0),
                GIB),
            again);
  }

  private static double forwardFlops(CheckpointPlan plan) {
    return plan.units().stream()
        .mapToDouble(unit -> (double) plan.network().flops() * unit.batch().count())
        .sum();
  }

  /** What is made here; empty where it is read. */
  private static Optional<CheckpointPlan> made(PlannedSites sites) {
    return sites instanceof CheckpointPlan checkpoint ? Optional.of(checkpoint) : Optional.empty();
  }

  /** Of the symmetric half: n (n + 1) products and sums for each feature. */
  private static double gramFlops(SweepPlan plan, PlannedSites sites) {
    double features = sites.layerRows().stream().mapToDouble(layer -> layer.features()).sum();
    return counts(plan, sites).mapToDouble(n -> features * n * (n + 1)).sum();
  }

  private static double gramBytes(SweepPlan plan, PlannedSites sites) {
    return counts(plan, sites)
        .mapToDouble(n -> (double) PackedGram.length(n) * Float.BYTES * sites.layerRows().size())
        .sum();
  }

  /** The examples of each unit. */
  private static IntStream counts(SweepPlan plan, PlannedSites sites) {
    return plan.byData().stream()
        .flatMapToInt(
            data ->
                data.units().stream()
                    .filter(unit -> unit.key().checkpoint().equals(sites.id()))
                    .mapToInt(unit -> data.batches().get(unit.key().batch()).count()));
  }

  private static boolean isAttacked(SweepPlan sweep, CheckpointPlan plan) {
    String id = plan.checkpoint().id();
    return sweep.spec().views().stream()
        .anyMatch(view -> view.attack().isPresent() && view.craftOn().orElse(id).equals(id));
  }

  /** Outside of the heap, for one task, where its gradients are of the size that a CPU takes. */
  private static double attackBytes(CheckpointPlan plan) {
    return plan.units().isEmpty() ? 0 : plan.network().gradientBytes();
  }

  /** Outside of the heap, for one task: the vectors of two groups of sites, or of one. */
  private static double comparisonBytes(SweepPlan plan, PartTask part) {
    int sites = part.rows().size() + (part.isSymmetric() ? 0 : part.columns().size());
    return plan.estimations().ofGrams().stream()
        .flatMap(spec -> Measures.product(spec).stream())
        .mapToDouble(measure -> SiteVectors.bytes(sites, measure.length(plan.largestBatch())))
        .sum();
  }

  private static String number(double value, double unit) {
    return String.format(Locale.ROOT, "%.2f", value / unit);
  }
}
