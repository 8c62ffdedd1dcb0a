package io.similitude.job;

import io.similitude.store.UnitKey;
import java.io.Serializable;

/**
 * How a unit ended.
 *
 * @param failure why it could not be done, one line; null when it is done
 * @param temporary whether the same command may do it later
 */
record UnitOutcome(UnitKey unit, String failure, boolean temporary) implements Serializable {
  static UnitOutcome done(UnitKey unit) {
    return new UnitOutcome(unit, null, false);
  }

  static UnitOutcome failed(UnitKey unit, String cause, boolean temporary) {
    return new UnitOutcome(unit, cause, temporary);
  }

  boolean isDone() {
    return failure == null;
  }
}
