package io.similitude.similarity.measure;

import java.io.Serializable;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * A similarity: its value, finite and never clamped, or the status that says why there is none.
 *
 * @param value without a unit; present exactly when the status is {@link Status#OK}
 * @param standardError of the value over batches, finite; absent if there is no value, or if the
 *     error cannot be estimated, as with one batch
 */
public record MeasureValue(OptionalDouble value, OptionalDouble standardError, Status status)
    implements Serializable {
  public MeasureValue {
    requireFinite("value", value);
    requireFinite("standard error", standardError);
    if ((status == Status.OK) != value.isPresent()) {
      throw new IllegalArgumentException(
          "Invalid status: %s for %s (must be ok exactly where there is a value)"
              .formatted(status.label(), value));
    }
    if (standardError.isPresent() && value.isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid standard error: %s (must be absent where there is no value)"
              .formatted(standardError.getAsDouble()));
    }
  }

  /** A value with its standard error. */
  public static MeasureValue of(double value, double standardError) {
    return new MeasureValue(OptionalDouble.of(value), OptionalDouble.of(standardError), Status.OK);
  }

  /** A value whose standard error cannot be estimated. */
  public static MeasureValue withoutError(double value) {
    return new MeasureValue(OptionalDouble.of(value), OptionalDouble.empty(), Status.OK);
  }

  /** A missing value, with the reason. */
  public static MeasureValue missing(Status why) {
    return new MeasureValue(OptionalDouble.empty(), OptionalDouble.empty(), why);
  }

  /**
   * A function of the value. Its standard error comes from the delta method.
   *
   * @param slope the size of the derivative; if it is infinite, the error cannot be estimated
   */
  MeasureValue map(DoubleUnaryOperator function, DoubleUnaryOperator slope) {
    if (value.isEmpty()) {
      return this;
    }
    double before = value.getAsDouble();
    double mapped = function.applyAsDouble(before);
    double error = standardError.orElse(Double.NaN) * slope.applyAsDouble(before);
    return Double.isFinite(error) ? of(mapped, error) : withoutError(mapped);
  }

  private static void requireFinite(String what, OptionalDouble number) {
    if (number.isPresent() && !Double.isFinite(number.getAsDouble())) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (must be finite, or absent)".formatted(what, number.getAsDouble()));
    }
  }

  private Object writeReplace() {
    return new Serialized(boxed(value), boxed(standardError), status);
  }

  private static Double boxed(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }

  /** The serialized form, with null for absent parts: an Optional is not serializable. */
  private record Serialized(Double value, Double standardError, Status status)
      implements Serializable {
    private Object readResolve() {
      return new MeasureValue(unboxed(value), unboxed(standardError), status);
    }

    private static OptionalDouble unboxed(Double number) {
      return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
  }
}
