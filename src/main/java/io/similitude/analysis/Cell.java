package io.similitude.analysis;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A similarity with its standard error, finite or absent, and the status that says why one is
 * absent.
 */
public record Cell(OptionalDouble value, OptionalDouble standardError, String status) {
  /** A pair that the tables do not have. */
  public static final Cell NOT_COMPARED =
      new Cell(OptionalDouble.empty(), OptionalDouble.empty(), "not-compared");

  public Cell {
    requireFinite("similarity", value);
    requireFinite("standard error", standardError);
    Objects.requireNonNull(status);
  }

  private static void requireFinite(String what, OptionalDouble number) {
    if (number.isPresent() && !Double.isFinite(number.getAsDouble())) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (must be finite, or absent)".formatted(what, number.getAsDouble()));
    }
  }
}
