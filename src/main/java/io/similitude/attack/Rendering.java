package io.similitude.attack;

/**
 * How the variables of an attack on one example become its image, and the way back for gradients.
 */
interface Rendering {
  /** The image in [0, 1] that the variables make. */
  float[] image(float[] variables);

  /** The gradient by the variables of what has this gradient by the image. */
  float[] pullBack(float[] variables, float[] imageGradient);

  /** Rounds values to floats in [0, 1]. */
  static float clamp(double value) {
    return (float) Math.min(1, Math.max(0, value));
  }
}
