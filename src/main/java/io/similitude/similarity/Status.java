package io.similitude.similarity;

/** Whether a similarity exists, and if not, or not with a standard error, why. */
public enum Status {
  /** The value and its standard error exist. */
  OK("ok"),
  /** The value exists; its standard error needs at least two batches. */
  ONE_BATCH("one-batch"),
  /** No value: an HSIC under the square root is negative. */
  NEGATIVE_HSIC("negative-hsic"),
  /** No value: a layer gives every example the same features, up to rounding. */
  CONSTANT_LAYER("constant-layer");

  private final String label;

  Status(String label) {
    this.label = label;
  }

  /** The word that stands in the tables. */
  public String label() {
    return label;
  }
}
