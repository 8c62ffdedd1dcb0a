package io.similitude.job;

import static java.util.stream.Collectors.toSet;

import io.similitude.store.FailureRow;
import io.similitude.store.Moments;
import io.similitude.store.Part;
import io.similitude.store.Unit;
import io.similitude.store.UnitKey;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares all sites whose Gram matrices are there: the moments of each that lacks them, then each
 * part that is missing, then the q-values of the whole table. A task each, on Spark where they are
 * large.
 */
final class CompareStage {
  static final String NAME = "compare";

  private static final Logger LOG = LoggerFactory.getLogger(CompareStage.class);

  private final SweepRun run;

  CompareStage(SweepRun run) {
    this.run = run;
  }

  void execute() throws IOException {
    long start = System.nanoTime();
    ComparisonPlanner planner = new ComparisonPlanner(run.plan());
    Set<UnitKey> done = run.folder().done(run.plan().units());
    List<ActivationTask> ofActivations = new ActivationPlanner(run.plan()).tasks(done);
    ComparisonPlan plan = planner.plan(done, run.folder());
    List<Part> all = all(plan, ofActivations);
    if (plan.missing().isEmpty() && run.folder().isComplete(all)) {
      plan.givens().missing().forEach(this::failGiven);
      LOG.info("Compare: all {} parts are done already", all.size());
      return;
    }
    run.markChanged();
    run.writer().markIncomplete();
    run.writer().clearSupersededMoments(planner.moments());
    if (!plan.missing().isEmpty()) {
      planner.warnings().forEach(LOG::warn);
      done.removeAll(makeMoments(job(plan), plan.blocks()));
      plan = planner.plan(done, run.folder());
    }
    plan.givens().missing().forEach(this::failGiven);
    run.writer().clearSupersededParts(all(plan, ofActivations));
    compute(plan, ofActivations);
    run.time(NAME, System.nanoTime() - start);
  }

  private void failGiven(String name) {
    String cause =
        "Cannot compare given %s: its Gram matrices are not all there (it is not extracted yet, or has failed itself)"
            .formatted(name);
    run.fail(new FailureRow(name, null, null, NAME, cause), false);
  }

  private ComparisonJob job(ComparisonPlan plan) throws IOException {
    return new ComparisonJob(
        plan.givens().measures(),
        plan.givens().sites(),
        run.plan().spec().compare(),
        run.plan().batches().stream().map(BatchPlan::count).toList(),
        run.folder(),
        run.writer());
  }

  /** The parts that the table has in the end: of Gram matrices, and of activations. */
  private static List<Part> all(ComparisonPlan plan, List<ActivationTask> ofActivations) {
    return Stream.concat(plan.all().stream(), ofActivations.stream().map(ActivationTask::part))
        .toList();
  }

  private void compute(ComparisonPlan plan, List<ActivationTask> ofActivations) throws IOException {
    List<Part> all = all(plan, ofActivations);
    Set<Part> present = run.folder().present(all);
    List<ActivationTask> again =
        ofActivations.stream().filter(task -> !present.contains(task.part())).toList();
    LOG.info("Compare: {} of {} parts to do", plan.missing().size() + again.size(), all.size());
    compare(job(plan), plan.missing());
    compareAgain(again);
    new FalseDiscoveryStage(run)
        .execute(
            present(plan.all()),
            present(ofActivations.stream().map(ActivationTask::part).toList()),
            new SiteGroup(plan.blocks()).size());
  }

  private List<Part> present(List<Part> parts) throws IOException {
    return List.copyOf(run.folder().present(parts));
  }

  private void compare(ComparisonJob job, List<PartTask> tasks) {
    boolean isSmall = ComparisonCost.of(job, tasks).isSmall();
    record(tasks, run(isSmall, "parts", job, tasks, PartComparison::run));
  }

  /** What stored Gram matrices do not give. */
  private void compareAgain(List<ActivationTask> tasks) throws IOException {
    ActivationJob job =
        new ActivationJob(
            run.plan().spec().compare(),
            run.plan().batches(),
            run.plan().spec().batch(),
            run.plan().spec().seed(),
            run.folder(),
            run.writer());
    record(
        tasks,
        run(
            false,
            "parts",
            job,
            tasks,
            (shared, task, gpu) -> ActivationComparison.run(shared, task)));
  }

  /** Makes the moments that are missing; returns the units of blocks that have none. */
  private Set<UnitKey> makeMoments(ComparisonJob job, List<SiteBlock> blocks) throws IOException {
    if (!job.needsMoments()) {
      return Set.of();
    }
    Set<Moments> present =
        run.folder().presentMoments(blocks.stream().map(SiteBlock::moments).toList());
    List<MomentsTask> missing =
        blocks.stream()
            .filter(block -> !present.contains(block.moments()))
            .map(MomentsTask::new)
            .toList();
    if (missing.isEmpty()) {
      return Set.of();
    }
    boolean isSmall = ComparisonCost.ofMoments(job, missing).isSmall();
    List<Outcome> outcomes =
        run(isSmall, "moments", job, missing, (shared, task, gpu) -> task.run(shared));
    record(missing, outcomes);
    return IntStream.range(0, missing.size())
        .filter(i -> !outcomes.get(i).isDone())
        .boxed()
        .flatMap(i -> missing.get(i).block().units().stream().map(Unit::key))
        .collect(toSet());
  }

  private <J, T extends Task> List<Outcome> run(
      boolean isSmall, String noun, J job, List<T> tasks, Work<J, T> work) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    return isSmall
        ? DriverStage.run(job, tasks, work)
        : new SparkStage(run.context(), NAME, noun).run(job, tasks, work);
  }

  private void record(List<? extends Task> tasks, List<Outcome> outcomes) {
    for (int i = 0; i < tasks.size(); i++) {
      Outcome outcome = outcomes.get(i);
      if (!outcome.isDone()) {
        String what = tasks.get(i).label();
        LOG.warn("Cannot compare {}: {}", what, outcome.failure());
        run.fail(new FailureRow(what, null, null, NAME, outcome.failure()), outcome.temporary());
      }
    }
  }
}
