package io.similitude.similarity;

import java.util.OptionalDouble;

/**
 * A measured similarity. A value or a standard error that does not exist is empty, with a status
 * that says why; one that exists is finite, and never clamped.
 */
public record Similarity(OptionalDouble value, OptionalDouble standardError, Status status) {
  public Similarity {
    requireFinite("value", value);
    requireFinite("standard error", standardError);
    if ((status == Status.OK) != (value.isPresent() && standardError.isPresent())) {
      throw new IllegalArgumentException(
          "Invalid status: %s for value %s and standard error %s"
              .formatted(status.label(), value, standardError));
    }
  }

  static Similarity of(double value, double standardError) {
    return new Similarity(OptionalDouble.of(value), OptionalDouble.of(standardError), Status.OK);
  }

  static Similarity ofOneBatch(double value) {
    return new Similarity(OptionalDouble.of(value), OptionalDouble.empty(), Status.ONE_BATCH);
  }

  static Similarity missing(Status why) {
    return new Similarity(OptionalDouble.empty(), OptionalDouble.empty(), why);
  }

  private static void requireFinite(String what, OptionalDouble number) {
    if (number.isPresent() && !Double.isFinite(number.getAsDouble())) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (must be finite, or absent)".formatted(what, number.getAsDouble()));
    }
  }
}
