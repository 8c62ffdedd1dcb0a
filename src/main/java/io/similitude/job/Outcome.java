package io.similitude.job;

import java.io.Serializable;

/**
 * How a task ended.
 *
 * @param failure why it could not be done, one line; null when it is done
 * @param temporary whether the same command may do it later
 */
record Outcome(String failure, boolean temporary) implements Serializable {
  static final Outcome DONE = new Outcome(null, false);

  boolean isDone() {
    return failure == null;
  }
}
