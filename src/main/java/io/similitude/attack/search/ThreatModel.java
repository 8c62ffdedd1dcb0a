package io.similitude.attack.search;

/** What an attack with its parameters does to one example. */
public interface ThreatModel {
  /** Starts the search for the example's perturbed image. */
  Search search(Subject subject, RandomStream random);

  /** What it takes for one example at most: nothing, unless it asks the network. */
  default AttackCost cost() {
    return AttackCost.NONE;
  }

  /** Whether it goes by the example's label. */
  default boolean usesLabels() {
    return true;
  }
}
