package io.similitude.program;

import java.util.Optional;

/**
 * A layer of a described network and its value.
 *
 * @param scaling what the value is of another, where it is that and a constant
 */
public record Tap(Layer layer, Value value, Optional<Scaling> scaling) {
  /**
   * Another value with each channel multiplied by its own factor.
   *
   * @param factors an expression for a vector, one factor a channel
   */
  public record Scaling(Value of, String factors) {}
}
