package io.similitude.job;

import java.io.Serializable;

/** A batch: its examples' ids, in order. */
final class BatchPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final long[] examples;

  BatchPlan(int index, long[] examples) {
    this.index = index;
    this.examples = examples.clone();
  }

  int index() {
    return index;
  }

  long[] examples() {
    return examples.clone();
  }

  int count() {
    return examples.length;
  }
}
