package io.similitude.attack.search;

/**
 * The best image of several for the adversary: one that fools the network before one that does not,
 * then the one with the larger objective, then the earlier.
 */
public final class Best {
  private float[] image;
  private boolean reached;
  private double value = Double.NEGATIVE_INFINITY;

  /** Takes over the image if it is better. */
  public void offer(float[] candidate, Goal.Objective objective, float[] logits) {
    boolean fools = objective.isReached(logits);
    double worth = objective.value(logits);
    if (image == null || (fools == reached ? worth > value : fools)) {
      image = candidate;
      reached = fools;
      value = worth;
    }
  }

  public float[] image() {
    return image;
  }

  /** Whether the image fools the network. */
  public boolean reached() {
    return reached;
  }
}
