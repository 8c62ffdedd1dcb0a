package io.similitude.attack;

import java.util.Set;

/** A kind of attack that a spec may name; {@link Attacks} lists them all. */
interface AttackType {
  /** What specs call it. */
  String name();

  /** The names of its parameters. */
  Set<String> parameters();

  /**
   * The attack with its parameters.
   *
   * @throws io.similitude.spec.InputException naming the first parameter that makes no sense
   */
  ThreatModel create(Parameters parameters);
}
