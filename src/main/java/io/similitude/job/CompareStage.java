package io.similitude.job;

import static java.util.stream.Collectors.toSet;

import io.similitude.store.FailureRow;
import io.similitude.store.Part;
import io.similitude.store.UnitKey;
import java.io.IOException;
import java.util.List;
import java.util.Set;
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
    List<PartTask> all = planner.parts(extracted);
    Givens givens = planner.givens(extracted);
    givens.missing().forEach(this::failGiven);
    List<PartTask> missing = missing(all);
    List<Part> parts = all.stream().map(PartTask::part).toList();
    if (run.folder().hasSupersededParts(parts)) {
      run.markChanged();
      run.writer().clearSupersededParts(parts);
    }
    if (missing.isEmpty()) {
      LOG.info("Compare: all {} parts are done already", all.size());
      return;
    }
    run.markChanged();
    LOG.info("Compare: {} of {} parts to do", missing.size(), all.size());
    planner.warnings().forEach(LOG::warn);
    record(missing, compare(missing, givens));
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

  private List<PartTask> missing(List<PartTask> all) throws IOException {
    Set<Part> present = run.folder().present(all.stream().map(PartTask::part).collect(toSet()));
    return all.stream().filter(task -> !present.contains(task.part())).toList();
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

  private void record(List<PartTask> tasks, List<Outcome> outcomes) {
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
