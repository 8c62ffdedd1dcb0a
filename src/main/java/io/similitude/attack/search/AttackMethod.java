package io.similitude.attack.search;

import java.util.Set;

/** A kind of attack that a spec may name; {@code Attacks} lists them all. */
public interface AttackMethod {
  /** What specs call it. */
  String name();

  /** The names of its parameters. */
  Set<String> parameters();

  /**
   * The attack with its parameters.
   *
   * @throws io.similitude.input.InputException naming the first parameter that makes no sense
   */
  WithParameters create(AttackParameters parameters);

  /** What an attack with its parameters does to one example. */
  interface WithParameters {
    /** Starts the search for the example's perturbed image. */
    Search search(Subject subject, RandomSource.Stream random);

    /** What it takes for one example at most: nothing, unless it asks the network. */
    default AttackCost cost() {
      return AttackCost.NONE;
    }

    /** Whether it goes by the example's label. */
    default boolean usesLabels() {
      return true;
    }
  }
}
