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

/** Compares all sites whose Gram matrices are there, one Spark task for each missing part. */
final class CompareStage {
  static final String NAME = "compare";

  private static final Logger LOG = LoggerFactory.getLogger(CompareStage.class);

  private final SweepRun run;

  CompareStage(SweepRun run) {
    this.run = run;
  }

  void execute() throws IOException {
    long start = System.nanoTime();
    Set<UnitKey> extracted = extracted();
    ComparisonPlanner planner = new ComparisonPlanner(run.plan());
    List<PartTask> ofGrams = planner.parts(extracted);
    Givens givens = planner.givens(extracted);
    givens.missing().forEach(this::failGiven);
    List<ActivationTask> ofActivations = new ActivationPlanner(run.plan()).tasks(extracted);
    List<Part> parts =
        Stream.concat(
                ofGrams.stream().map(PartTask::part),
                ofActivations.stream().map(ActivationTask::part))
            .toList();
    Set<Part> present = run.folder().present(parts);
    List<PartTask> missing =
        ofGrams.stream().filter(task -> !present.contains(task.part())).toList();
    List<ActivationTask> again =
        ofActivations.stream().filter(task -> !present.contains(task.part())).toList();
    if (run.folder().hasSupersededParts(parts)) {
      run.markChanged();
      run.writer().clearSupersededParts(parts);
    }
    if (missing.isEmpty() && again.isEmpty()) {
      LOG.info("Compare: all {} parts are done already", parts.size());
      return;
    }
    run.markChanged();
    LOG.info("Compare: {} of {} parts to do", missing.size() + again.size(), parts.size());
    planner.warnings().forEach(LOG::warn);
    if (!missing.isEmpty()) {
      record(missing, compare(missing, givens));
    }
    if (!again.isEmpty()) {
      record(again, compareAgain(again));
    }
    run.time(NAME, System.nanoTime() - start);
  }

  private void failGiven(String name) {
    String cause =
        "Cannot compare given %s: its Gram matrices are not all there (it is not extracted yet, or has failed itself)"
            .formatted(name);
    run.fail(new FailureRow(name, null, null, NAME, cause), false);
  }

  private Set<UnitKey> extracted() throws IOException {
    return run.folder().done(run.plan().units());
  }

  private List<Outcome> compare(List<PartTask> tasks, Givens givens) throws IOException {
    ComparisonJob job =
        new ComparisonJob(
            givens.measures(),
            givens.sites(),
            run.plan().spec().compare(),
            run.plan().batches().stream().map(BatchPlan::count).toList(),
            run.folder(),
            run.writer());
    return new SparkStage(run.context(), NAME, "parts")
        .run(job, tasks, (shared, task, gpu) -> new PartComparison(shared, task).run());
  }

  /** What stored Gram matrices do not give. */
  private List<Outcome> compareAgain(List<ActivationTask> tasks) throws IOException {
    ActivationJob job =
        new ActivationJob(
            run.plan().spec().compare(),
            run.plan().batches(),
            run.plan().spec().batch(),
            run.plan().spec().seed(),
            run.folder(),
            run.writer());
    return new SparkStage(run.context(), NAME, "parts")
        .run(job, tasks, (shared, task, gpu) -> ActivationComparison.run(shared, task));
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
