package io.similitude.job;

import io.similitude.store.FailureRow;
import io.similitude.store.Part;
import io.similitude.store.UnitKey;
import java.io.IOException;
import java.util.List;
import java.util.Set;
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

  private static final String PARTS = "parts";

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
    Set<Part> complete = complete(all);
    run.writer().markIncomplete();
    run.writer().clearSupersededMoments(planner.moments());
    if (!plan.missing().isEmpty()) {
      planner.warnings().forEach(LOG::warn);
      plan = plan.without(new MomentsStage(run).execute(job(plan), plan.blocks()));
    }
    plan.givens().missing().forEach(this::failGiven);
    run.writer().clearSupersededParts(all(plan, ofActivations));
    compute(plan, ofActivations, complete);
    run.time(NAME, System.nanoTime() - start);
  }

  private void failGiven(String name) {
    String cause =
        "Cannot compare given %s: its Gram matrices are not all there (it is not extracted yet, or has failed itself)"
            .formatted(name);
    run.fail(FailureRow.of(name, NAME, cause), false);
  }

  private ComparisonJob job(ComparisonPlan plan) throws IOException {
    return new ComparisonJob(
        plan.givens().measures(),
        plan.givens().sites(),
        run.plan().spec().compare(),
        run.plan().findingPairs(),
        run.plan().batches().stream().map(BatchPlan::count).toList(),
        run.folder(),
        run.writer());
  }

  /** The parts that the table has in the end: of Gram matrices, and of activations. */
  private static List<Part> all(ComparisonPlan plan, List<ActivationTask> ofActivations) {
    return Stream.concat(plan.all().stream(), ofActivations.stream().map(ActivationTask::part))
        .toList();
  }

  /** The parts that are there, if they have the q-values of all of them. */
  private Set<Part> complete(List<Part> all) throws IOException {
    Set<Part> present = run.folder().present(all);
    return run.folder().isComplete(present) ? present : Set.of();
  }

  private void compute(ComparisonPlan plan, List<ActivationTask> ofActivations, Set<Part> complete)
      throws IOException {
    List<Part> all = all(plan, ofActivations);
    Set<Part> present = run.folder().present(all);
    List<ActivationTask> again =
        ofActivations.stream().filter(task -> !present.contains(task.part())).toList();
    LOG.info("Compare: {} of {} parts to do", plan.missing().size() + again.size(), all.size());
    compare(job(plan), plan.missing());
    compareAgain(again);
    if (!complete.isEmpty() && complete.equals(run.folder().present(all))) {
      run.writer().markComplete(complete);
      return;
    }
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
    new ComparisonTasks(run).run(PARTS, isSmall, job, tasks, PartComparison::run);
  }

  /** What stored Gram matrices do not give. */
  private void compareAgain(List<ActivationTask> tasks) throws IOException {
    ActivationJob job =
        new ActivationJob(
            run.plan().spec().compare(),
            run.plan().findingPairs(),
            run.plan().batches(),
            run.plan().spec().batch(),
            run.plan().spec().seed(),
            run.folder(),
            run.writer());
    new ComparisonTasks(run)
        .run(
            PARTS,
            false,
            job,
            tasks,
            (shared, task, gpu) -> ActivationComparison.run(shared, task));
  }
}
