package io.similitude.attack.search;

/** What an attack with its parameters does to one example. */
public interface ThreatModel {
  /** Starts the search for the example's perturbed image. */
  Search search(Subject subject, RandomStream random);

  /** Whether it goes by the example's label. */
  default boolean usesLabels() {
    return true;
  }
}
