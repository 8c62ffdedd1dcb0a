package io.similitude.attack.search;

/**
 * The search for one example's perturbed image, as a dialogue: it says where it wants to look, is
 * told what the network makes of that, and looks elsewhere until it is done. {@code Attack} holds
 * many such dialogues at once, so that the network sees batches; none knows of the others.
 */
public interface Search {
  /** Whether {@link #image} is the result. */
  boolean isDone();

  /** Where to look next; when done, the perturbed image. */
  float[] image();

  /** Whether the search wants the gradient there, or the logits only. */
  boolean wantsGradient();

  /** The gradient, by the logits, of what the search wants to make large. */
  float[] objectiveGradient(float[] logits);

  /**
   * What the network makes of {@link #image}.
   *
   * @param gradient of the objective by the pixels; empty unless wanted
   */
  void look(float[] logits, float[] gradient);

  /** A search that knows its image without looking. */
  static Search found(float[] image) {
    return new Found(image);
  }

  /** See {@link #found}. */
  final class Found implements Search {
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
}
