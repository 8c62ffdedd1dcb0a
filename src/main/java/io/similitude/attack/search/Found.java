package io.similitude.attack.search;

/** A search that knows its image without looking. */
public final class Found implements Search {
  private final float[] image;

  public Found(float[] image) {
    this.image = image;
  }

  @Override
  public boolean isDone() {
    return true;
  }

  @Override
  public float[] image() {
    return image;
  }

  @Override
  public boolean wantsGradient() {
    return false;
  }

  @Override
  public float[] objectiveGradient(float[] logits) {
    throw new IllegalStateException("Looks nowhere");
  }

  @Override
  public void look(float[] logits, float[] gradient) {
    throw new IllegalStateException("Looks nowhere");
  }
}
