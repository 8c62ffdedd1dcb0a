package io.similitude.execution;

import io.similitude.store.DamagedFile;
import java.io.Serializable;
import java.util.List;

/**
 * How a task ended.
 *
 * @param failure why it could not be done, one line; null when it is done
 * @param temporary whether the same command may do it later
 * @param damaged files of the run that it found damaged, relative to the run's folder
 */
public record TaskOutcome(String failure, boolean temporary, List<String> damaged)
    implements Serializable {
  static final TaskOutcome DONE = new TaskOutcome(null, false);

  public TaskOutcome {
    damaged = List.copyOf(damaged);
  }

  public TaskOutcome(String failure, boolean temporary) {
    this(failure, temporary, List.of());
  }

  static TaskOutcome of(DamagedFile damage) {
    return new TaskOutcome(ErrorMessages.of(damage), false, damage.paths());
  }

  /** The same, told in other words. */
  public TaskOutcome saying(String other) {
    return new TaskOutcome(other, temporary, damaged);
  }

  public boolean isDone() {
    return failure == null;
  }
}
