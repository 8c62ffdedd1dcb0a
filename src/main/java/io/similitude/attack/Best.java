package io.similitude.attack;

/**
 * The best image of several for the adversary: one that fools the network before one that does not,
 * then the one with the larger objective, then the earlier.
 */
final class Best {
  private float[] image;
  private boolean reached;
  private double value = Double.NEGATIVE_INFINITY;

  /** Takes over the image if it is better. */
  void offer(float[] candidate, Objective objective, float[] logits) {
    boolean fools = objective.isReached(logits);
    double worth = objective.value(logits);
    if (image == null || (fools == reached ? worth > value : fools)) {
      image = candidate;
      reached = fools;
      value = worth;
    }
  }

  float[] image() {
    return image;
  }

  /** Whether the image fools the network. */
  boolean reached() {
    return reached;
  }
}
