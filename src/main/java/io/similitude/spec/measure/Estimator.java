package io.similitude.spec.measure;

import io.similitude.spec.key.Keyword;

/** How the examples of a sweep become one estimate. */
public enum Estimator implements Keyword {
  /**
   * Over the batches: of HSIC the sums, then one ratio of sums (Nguyen et al. 2021), of other
   * measures the mean.
   */
  MINIBATCH,
  /** All examples at once, as if they were one batch. */
  EXACT
}
