package io.similitude.analysis;

import java.util.OptionalDouble;

/**
 * How often an attack turns a correct prediction of a checkpoint into a wrong one.
 *
 * @param fooled examples among {@code right} that the checkpoint gets wrong under the attack
 * @param right examples that it gets right without attack
 */
public record AttackSuccess(long fooled, long right) {
  public AttackSuccess {
    if (fooled < 0 || fooled > right) {
      throw new IllegalArgumentException(
          "Invalid success of an attack: %d of %d examples fooled".formatted(fooled, right));
    }
  }

  /** {@code fooled / right}; empty if the checkpoint gets no example right without attack. */
  public OptionalDouble rate() {
    return right == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) fooled / right);
  }
}
