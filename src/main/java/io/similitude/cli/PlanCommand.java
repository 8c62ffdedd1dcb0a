package io.similitude.cli;

import io.similitude.comparison.ActivationPlanner;
import io.similitude.comparison.ComparisonCost;
import io.similitude.comparison.ComparisonPlan;
import io.similitude.comparison.ComparisonPlanner;
import io.similitude.comparison.PartTask;
import io.similitude.comparison.SiteGroup;
import io.similitude.comparison.SiteVectors;
import io.similitude.input.InputException;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.CheckpointPlan;
import io.similitude.plan.ExtractionFlops;
import io.similitude.plan.PlannedSites;
import io.similitude.plan.SweepPlan;
import io.similitude.plan.Trainings;
import io.similitude.similarity.measure.Measures;
import io.similitude.stage.SweepRun;
import io.similitude.store.row.UnitKey;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what {@code run} would do. */
@Command(
    name = "plan",
    description =
        "What run would do: units, which are done already, sizes, FLOPs, bytes; starts no Spark job.")
final class PlanCommand extends SweepCommand {
  private static final double GIB = 1L << 30;
  private static final double GIGA = 1e9;
  private static final double SECONDS = 3600;

  /**
   * The usual rate of one modern core in convolutions, in GFLOP/s. WideResNet-16-1 ran at 40 on an
   * EPYC.
   */
  private static final double USUAL_RATE = 40;

  @Option(
      names = "--rate",
      paramLabel = "GFLOP/S",
      description = "What all tasks together do in a second, for the hours that are left.")
  private Double rate;

  @Override
  Trainings.Untrained untrained() {
    return Trainings.Untrained.PLAN;
  }

  @Override
  ExitStatus execute(SweepRun run) throws IOException {
    SweepPlan plan = run.plan();
    if (rate != null && !(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new InputException("Invalid --rate: %s (must be a number above 0)".formatted(rate));
    }
    Set<UnitKey> done = run.folder().listing().done(plan.units());
    ExtractionFlops flops = new ExtractionFlops(plan);
    TextTable table =
        new TextTable(
            "checkpoint",
            "layers",
            "units",
            "done",
            "GFLOP",
            "GFLOP to attack",
            "GiB of Grams",
            "GiB to extract",
            "GiB to attack");
    for (PlannedSites sites : plan.sites()) {
      table.add(row(plan, flops, sites, done));
    }
    System.out.print(TrainingCosts.text(run.trainings(), rate));
    System.out.print(table);
    System.out.println(left(flops, done));
    for (SweepPlan data : plan.byData()) {
      if (plan.byData().size() > 1) {
        System.out.println(
            "data set %s:".formatted(String.join(", ", data.spec().datasets().keySet())));
      }
      System.out.println(total(run, data, done));
      new ComparisonPlanner(data).warnings().forEach(System.out::println);
    }
    plan.notes().forEach(System.out::println);
    return end(run, "the rest can be done");
  }

  private static Object[] row(
      SweepPlan plan, ExtractionFlops flops, PlannedSites sites, Set<UnitKey> done) {
    long units = sites.storedUnits().stream().filter(it -> done.contains(it.key())).count();
    Optional<CheckpointPlan> made = made(sites);
    return new Object[] {
      sites.id(),
      sites.layerRows().size(),
      sites.storedUnits().size(),
      units,
      number(flops.shown(sites, unit -> true), GIGA),
      made.map(it -> number(flops.attacked(it, unit -> true), GIGA)).orElse("-"),
      number(flops.gramBytes(sites), GIB),
      made.map(it -> number((double) it.network().bytes(), GIB)).orElse("-"),
      made.filter(it -> isAttacked(plan, it)).map(it -> number(attackBytes(it), GIB)).orElse("-")
    };
  }

  /** Describes the work that is left, and the time that it takes at a rate. */
  private String left(ExtractionFlops flops, Set<UnitKey> done) {
    double shown = flops.shown(unit -> !done.contains(unit));
    double attacked = flops.attacked(unit -> !done.contains(unit));
    double hours = (shown + attacked) / GIGA / (rate == null ? USUAL_RATE : rate) / SECONDS;
    String at =
        rate == null
            ? "of one core at %.0f GFLOP/s (assumed; --rate says another)".formatted(USUAL_RATE)
            : "at %s GFLOP/s".formatted(rate);
    return "left to extract: %s GFLOP to show, %s GFLOP to attack; %.2f hours %s"
        .formatted(number(shown, GIGA), number(attacked, GIGA), hours, at);
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
            wholes,
            plan.spec().compare(),
            plan.findingPairs());
    return ("extract: %d of %d units done; %d examples in %d batches, %d left out%n"
            + "%scompare: %d of %d parts done; %d representations, %s GFLOP, %s GiB of Grams read, %s GiB at once%s")
        .formatted(
            plan.units().stream().filter(unit -> done.contains(unit.key())).count(),
            plan.units().size(),
            plan.examples(),
            plan.batches().size(),
            plan.leftOut(),
            plan.leftOutTexts().stream()
                .map("extract: %s%n"::formatted)
                .collect(Collectors.joining()),
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

  /**
   * The plan of a checkpoint whose sites this program makes. It is empty if the sites are read from
   * files.
   */
  private static Optional<CheckpointPlan> made(PlannedSites sites) {
    return sites instanceof CheckpointPlan checkpoint ? Optional.of(checkpoint) : Optional.empty();
  }

  private static boolean isAttacked(SweepPlan sweep, CheckpointPlan plan) {
    String id = plan.checkpoint().id();
    return sweep.spec().views().stream()
        .anyMatch(view -> view.attack().isPresent() && view.craftOn().orElse(id).equals(id));
  }

  /**
   * The memory outside of the heap for one task, in bytes. The gradients have the size that a CPU
   * needs.
   */
  private static double attackBytes(CheckpointPlan plan) {
    return plan.units().isEmpty() ? 0 : plan.network().gradientBytes();
  }

  /**
   * The memory outside of the heap for one task, in bytes. It holds the vectors of two groups of
   * sites, or of one group.
   */
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
