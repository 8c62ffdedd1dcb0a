package io.similitude.spec;

/** How the examples of a sweep become one estimate. */
public enum Estimator implements Keyword {
  /** HSIC summed over the batches, then one ratio of sums (Nguyen et al. 2021). */
  MINIBATCH,
  /** All examples at once: the sweep has one batch. */
  EXACT
}
