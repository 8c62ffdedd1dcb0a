package io.similitude.attack;

import java.util.Locale;

/** What an attack met when it asked a network for the gradient at one example. */
public enum GradientState {
  /** The attack never asked: it uses no gradient, or had nothing to gain. */
  UNUSED(0),
  /** A gradient that is finite, and not zero everywhere. */
  USABLE(1),
  /** Zero everywhere, each time: the attack had no direction. */
  ZERO(2),
  /**
   * Infinite or not a number at least once, or the logits were. Such values of a gradient count as
   * zero. An example whose logits are not finite is left as it is.
   */
  NOT_FINITE(3);

  private final int code;

  GradientState(int code) {
    this.code = code;
  }

  /** What stands for it in a file. */
  public int code() {
    return code;
  }

  /**
   * The state that a code stands for.
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

  /** What tables call it. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
