package io.similitude.analysis;

import java.util.Objects;

/** A unit that failed: its name, the stage and the reason. */
public record Failure(String unit, String stage, String cause) {
  public Failure {
    Objects.requireNonNull(unit);
    Objects.requireNonNull(stage);
    Objects.requireNonNull(cause);
  }
}
