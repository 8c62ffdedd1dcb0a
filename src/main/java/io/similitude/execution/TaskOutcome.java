package io.similitude.execution;

import io.similitude.store.DamagedFile;
import java.io.Serializable;
import java.util.List;

/**
 * The outcome of a task.
 *
 * @param failure why the task could not be done, in one line; null if it is done
 * @param temporary whether the same command may succeed with this task later
 * @param damaged the damaged files of the run that the task found, relative to the run's folder
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

  /** Returns the same outcome with another message. */
  public TaskOutcome saying(String other) {
    return new TaskOutcome(other, temporary, damaged);
  }

  public boolean isDone() {
    return failure == null;
  }
}
