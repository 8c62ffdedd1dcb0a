package io.similitude.execution;

import java.io.Serializable;

/**
 * How a task ended.
 *
 * @param failure why it could not be done, one line; null when it is done
 * @param temporary whether the same command may do it later
 */
public record TaskOutcome(String failure, boolean temporary) implements Serializable {
  static final TaskOutcome DONE = new TaskOutcome(null, false);

  public boolean isDone() {
    return failure == null;
  }
}
