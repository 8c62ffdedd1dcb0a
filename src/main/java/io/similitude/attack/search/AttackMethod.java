package io.similitude.attack.search;

import java.util.Set;

/** A kind of attack that a spec may name; {@code Attacks} lists them all. */
public interface AttackMethod {
  /** The name in specs. */
  String name();

  /** The names of its parameters. */
  Set<String> parameters();

  /**
   * The attack with its parameters.
   *
   * @throws io.similitude.input.InputException if a parameter is invalid; the message names the
   *     first one
   */
  WithParameters create(AttackParameters parameters);

  /** An attack with its parameters, for one example. */
  interface WithParameters {
    /** Starts the search for the example's perturbed image. */
    Search search(Subject subject, RandomSource.Stream random);

    /** The most that it costs for one example: nothing, unless it asks the network. */
    default AttackCost cost() {
      return AttackCost.NONE;
    }

    /** Whether it uses the example's label. */
    default boolean usesLabels() {
      return true;
    }
  }
}
