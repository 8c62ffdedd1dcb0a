package io.similitude.attack.search;

/**
 * The best of several images for the adversary. An image that fools the network is better than one
 * that does not. Then the larger objective is better, then the earlier image.
 */
public final class Best {
  private float[] image;
  private boolean reached;
  private double value = Double.NEGATIVE_INFINITY;

  /** Takes the image if it is better. */
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
