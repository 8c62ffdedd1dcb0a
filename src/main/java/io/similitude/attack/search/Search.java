package io.similitude.attack.search;

/**
 * The search for one example's perturbed image, as a dialogue. The search gives an image, gets the
 * network's answer, and gives another image until it is done. {@code Attack} runs many such
 * dialogues at once, so that the network gets batches. They are independent of each other.
 */
public interface Search {
  /** Whether {@link #image} is the result. */
  boolean isDone();

  /** The image to evaluate next; at the end, the perturbed image. */
  float[] image();

  /** Whether the search needs the gradient there, or only the logits. */
  boolean wantsGradient();

  /** The gradient, by the logits, of the function that the search maximises. */
  float[] objectiveGradient(float[] logits);

  /**
   * Takes the network's answer for {@link #image}. @param gradient of the objective by the pixels;
   * empty unless wanted
   */
  void look(float[] logits, float[] gradient);

  /** A search that has its image without the network. */
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
      throw new IllegalStateException("A found search asks for no evaluation");
    }

    @Override
    public void look(float[] logits, float[] gradient) {
      throw new IllegalStateException("A found search asks for no evaluation");
    }
  }
}
