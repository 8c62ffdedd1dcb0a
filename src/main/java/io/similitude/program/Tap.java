package io.similitude.program;

import java.util.Optional;

/**
 * A layer of a described network and its value.
 *
 * @param scaling the scaling, if the value is another value scaled plus a constant
 */
public record Tap(Layer layer, Value value, Optional<Scaling> scaling) {
  /**
   * Another value with each channel multiplied by its own factor.
   *
   * @param factors an expression for a vector, one factor for each channel
   */
  public record Scaling(Value of, String factors) {}
}
