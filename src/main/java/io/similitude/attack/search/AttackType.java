package io.similitude.attack.search;

import io.similitude.attack.Attacks;
import java.util.Set;

/** A kind of attack that a spec may name; {@link Attacks} lists them all. */
public interface AttackType {
  /** What specs call it. */
  String name();

  /** The names of its parameters. */
  Set<String> parameters();

  /**
   * The attack with its parameters.
   *
   * @throws io.similitude.input.InputException naming the first parameter that makes no sense
   */
  ThreatModel create(AttackParameters parameters);
}
