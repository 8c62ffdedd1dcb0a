package io.similitude.job;

import io.similitude.store.FailureRow;
import io.similitude.store.RunWriter;
import io.similitude.store.UnitKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extracts the units that are not done yet, one Spark task each; before that, perturbed inputs that
 * several of them are shown are made once.
 */
final class ExtractStage {
  static final String NAME = "extract";

  private static final Logger LOG = LoggerFactory.getLogger(ExtractStage.class);

  private final SweepRun run;

  ExtractStage(SweepRun run) {
    this.run = run;
  }

  void execute() throws IOException {
    long start = System.nanoTime();
    List<UnitTask> missing = missing();
    if (missing.isEmpty()) {
      LOG.info("Extract: all {} units are done already", run.plan().units().size());
      return;
    }
    run.markChanged();
    prepare(run.writer());
    LOG.info("Extract: {} of {} units to do", missing.size(), run.plan().units().size());
    ExtractionJob job =
        new ExtractionJob(
            run.plan().spec(),
            run.plan().dataset(),
            run.files(),
            run.folder().location(),
            run.writer());
    List<UnitTask> ready = withInputs(job, missing);
    record(ready, extract(job, ready));
    run.time(NAME, System.nanoTime() - start);
  }

  private List<UnitTask> missing() throws IOException {
    Set<UnitKey> done = run.folder().done(run.plan().units());
    Set<String> shared = SharedInputs.digests(run.plan());
    List<UnitTask> missing = new ArrayList<>();
    for (CheckpointPlan checkpoint : run.plan().checkpoints()) {
      for (PlannedUnit planned : checkpoint.units()) {
        if (!done.contains(planned.unit().key())) {
          Crafting crafting = planned.crafting().orElse(null);
          boolean isShared = crafting != null && shared.contains(crafting.digest());
          missing.add(
              new UnitTask(
                  planned.unit(), checkpoint.source(), planned.batch(), crafting, isShared));
        }
      }
    }
    return missing;
  }

  private void prepare(RunWriter writer) throws IOException {
    writer.clearSuperseded(run.plan().units());
    for (CheckpointPlan checkpoint : run.plan().checkpoints()) {
      writer.writeLayers(
          checkpoint.checkpoint().id(), checkpoint.layersDigest(), checkpoint.layerRows());
    }
  }

  /** Makes the shared inputs; the units whose inputs could not be made have failed with them. */
  private List<UnitTask> withInputs(ExtractionJob job, List<UnitTask> tasks) {
    SharedInputs inputs = new SharedInputs(run, job);
    Map<String, Outcome> failed = inputs.make(tasks);
    List<UnitTask> ready = new ArrayList<>();
    for (UnitTask task : tasks) {
      Outcome outcome = task.shared() ? failed.get(task.crafting().digest()) : null;
      if (outcome == null) {
        ready.add(task);
      } else {
        record(task, outcome);
      }
    }
    return ready;
  }

  private List<Outcome> extract(ExtractionJob job, List<UnitTask> tasks) {
    return tasks.isEmpty()
        ? List.of()
        : new SparkStage(run.context(), NAME, "units")
            .run(job, tasks, (shared, task, gpu) -> new UnitExtraction(shared, gpu).run(task));
  }

  private void record(List<UnitTask> tasks, List<Outcome> outcomes) {
    for (int i = 0; i < tasks.size(); i++) {
      if (!outcomes.get(i).isDone()) {
        record(tasks.get(i), outcomes.get(i));
      }
    }
  }

  private void record(UnitTask task, Outcome outcome) {
    LOG.warn("Cannot extract {}: {}", task.label(), outcome.failure());
    run.fail(FailureRow.of(task.unit().key(), NAME, outcome.failure()), outcome.temporary());
  }
}
