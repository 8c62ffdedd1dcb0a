package io.similitude.plan;

import io.similitude.files.FileAccess;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.TrainedSpec;
import io.similitude.store.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The trainings of a sweep and their progress.
 *
 * @param last the last finished epoch of each training that has begun, by the training's id
 */
public record Trainings(List<PlannedTraining> planned, Map<String, Integer> last) {
  /** What happens to checkpoints that are not trained yet. */
  public enum Untrained {
    /** They are planned as if they existed. */
    PLAN,
    /** They are among the failures. */
    FAIL
  }

  public static final Trainings NONE = new Trainings(List.of(), Map.of());

  public Trainings {
    planned = List.copyOf(planned);
    last = Map.copyOf(last);
  }

  /**
   * The trainings of a sweep.
   *
   * @param ends the networks that are not looked at again
   */
  public static Trainings of(
      SweepSpec spec, FileAccess files, RunFolder folder, RememberedEnds ends) throws IOException {
    if (spec.trainings().isEmpty()) {
      return NONE;
    }
    return new Trainings(new TrainingPlanner(spec, files, ends).plan(), Map.of()).asOf(folder);
  }

  /** The same with the current progress. */
  public Trainings asOf(RunFolder folder) throws IOException {
    return new Trainings(
        planned,
        folder.listing().lastEpochs(planned.stream().map(PlannedTraining::epochs).toList()));
  }

  /**
   * Whether a checkpoint exists as this spec would train it. A checkpoint that the sweep does not
   * train always counts as existing.
   */
  boolean isThere(CheckpointSpec checkpoint) {
    if (checkpoint.trained().isEmpty()) {
      return true;
    }
    TrainedSpec trained = checkpoint.trained().get();
    int done = last.getOrDefault(trained.run(), -1);
    return planned.stream()
        .filter(training -> training.id().equals(trained.run()))
        .anyMatch(
            training -> done >= (trained.isBest() ? training.epochs().epochs() : trained.epoch()));
  }
}
