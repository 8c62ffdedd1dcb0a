package io.similitude.analysis;

import java.util.Objects;

/** A unit that could not be done: which, in what stage, and why. */
public record Failure(String unit, String stage, String cause) {
  public Failure {
    Objects.requireNonNull(unit);
    Objects.requireNonNull(stage);
    Objects.requireNonNull(cause);
  }
}
