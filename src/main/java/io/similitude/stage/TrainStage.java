package io.similitude.stage;

import io.similitude.dataset.DatasetListing;
import io.similitude.dataset.Datasets;
import io.similitude.execution.SparkRunner;
import io.similitude.execution.TaskOutcome;
import io.similitude.input.InputException;
import io.similitude.plan.PlannedTraining;
import io.similitude.plan.TrainingPlanner;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.TrainedSpec;
import io.similitude.spec.TrainingSpec;
import io.similitude.store.RunWriter;
import io.similitude.store.StageName;
import io.similitude.store.row.FailureRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the networks of a sweep that are not fully trained yet. Each network is one Spark task.
 */
public final class TrainStage {

  private static final Logger LOG = LoggerFactory.getLogger(TrainStage.class);

  private final SweepRun run;

  public TrainStage(SweepRun run) {
    this.run = run;
  }

  public void execute() throws IOException {
    List<PlannedTraining> trainings = run.trainings().planned();
    if (trainings.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    List<PlannedTraining> missing = new ArrayList<>();
    for (PlannedTraining training : trainings) {
      if (!isDone(training)) {
        missing.add(training);
      }
    }
    if (missing.isEmpty()) {
      LOG.info("Train: all {} trainings are done already", trainings.size());
      return;
    }
    requireSpace(missing);
    run.markChanged();
    LOG.info("Train: {} of {} trainings to do", missing.size(), trainings.size());
    train(missing);
    run.time(StageName.TRAIN, System.nanoTime() - start);
    run.planAgain();
  }

  private void train(List<PlannedTraining> missing) throws IOException {
    RunWriter writer = run.writer();
    for (PlannedTraining training : missing) {
      if (!canGoOn(training)) {
        writer.upkeep().clearTraining(training.epochs());
      }
    }
    TrainingJob job =
        new TrainingJob(run.spec(), datasets(run.spec()), run.files(), run.folder(), writer);
    List<TrainingTask> tasks = missing.stream().map(TrainingTask::new).toList();
    List<TaskOutcome> outcomes;
    try (TrainingProgress progress = TrainingProgress.start(run.folder(), missing)) {
      outcomes =
          new SparkRunner(run.context(), StageName.TRAIN, "trainings")
              .quiet()
              .run(
                  job,
                  tasks,
                  (shared, task, gpu, counts) -> new TrainingExecution(shared, task, gpu).run());
      progress.show();
    }
    for (int i = 0; i < tasks.size(); i++) {
      record(missing.get(i), outcomes.get(i));
    }
  }

  /** The checkpoints must fit into the storage. */
  private void requireSpace(List<PlannedTraining> missing) throws IOException {
    long needed = 0;
    for (PlannedTraining training : missing) {
      needed += training.bytesAfter(canGoOn(training) ? last(training) : -1);
    }
    long free = run.folder().freeBytes();
    if (needed > free) {
      throw new InputException(
          "Cannot train: the checkpoints need %s, and the storage of %s has %s free (free space, keep fewer epochs, or choose another output)"
              .formatted(mebibytes(needed), run.folder().location(), mebibytes(free)));
    }
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }

  private void record(PlannedTraining training, TaskOutcome outcome) {
    if (outcome.isDone()) {
      run.countMade(StageName.TRAIN);
    } else {
      LOG.warn("Cannot train {}: {}", training.id(), outcome.failure());
      run.fail(
          FailureRow.of(training.id(), StageName.TRAIN, outcome.failure()), outcome.temporary());
    }
  }

  private boolean isDone(PlannedTraining training) throws IOException {
    return last(training) == training.epochs().epochs()
        && hasKept(training, training.epochs().epochs());
  }

  /** Whether at least one epoch is done and all files that must be kept up to that epoch exist. */
  private boolean canGoOn(PlannedTraining training) throws IOException {
    int last = last(training);
    return last >= 0 && last < training.epochs().epochs() && hasKept(training, last);
  }

  /** The last finished epoch; -1 before the first. */
  private int last(PlannedTraining training) throws IOException {
    return run.folder().listing().lastEpoch(training.epochs()).orElse(-1);
  }

  private boolean hasKept(PlannedTraining training, int last) {
    TrainingSpec.Run of = training.run();
    for (int epoch = 0; epoch <= last; epoch++) {
      if (of.keeps(epoch) && !isThere(of, "epoch-" + epoch)) {
        return false;
      }
    }
    boolean wantsBest = of.keepsBest() && last == training.epochs().epochs();
    return !wantsBest || isThere(of, TrainedSpec.BEST);
  }

  private boolean isThere(TrainingSpec.Run of, String stem) {
    return run.files().exists(of.folder() + "/" + stem + "." + of.recipe().format().keyword());
  }

  private Map<String, DatasetListing> datasets(SweepSpec spec) {
    Map<String, DatasetListing> datasets = new HashMap<>();
    for (String name : TrainingPlanner.datasets(spec)) {
      datasets.put(name, Datasets.list(spec.datasets().get(name), run.files()));
    }
    return datasets;
  }
}
