package io.similitude.job;

import java.io.Serializable;

/**
 * How a part ended.
 *
 * @param what the checkpoints that it compares
 * @param failure why it could not be done, one line; null when it is done
 * @param temporary whether the same command may do it later
 */
record PartOutcome(String what, String failure, boolean temporary) implements Serializable {
  boolean isDone() {
    return failure == null;
  }
}
