package io.similitude.attack;

import java.util.Locale;

/** The kind of gradient that an attack got from a network at one example. */
public enum GradientState {
  /** The attack asked for no gradient: it uses none, or the goal was already reached. */
  UNUSED(0),
  /** A gradient that is finite, and not zero everywhere. */
  USABLE(1),
  /** The gradient was zero everywhere, each time. The attack had no direction. */
  ZERO(2),
  /**
   * The gradient or the logits were infinite or not a number at least once. Such values of a
   * gradient count as zero. An example whose logits are not finite is not changed.
   */
  NOT_FINITE(3);

  private final int code;

  GradientState(int code) {
    this.code = code;
  }

  /** The code of the state in a file. */
  public int code() {
    return code;
  }

  /**
   * The state with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static GradientState ofCode(long code) {
    for (GradientState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("Invalid code of a gradient: " + code);
  }

  /** The name in tables. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
