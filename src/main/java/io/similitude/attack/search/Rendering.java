package io.similitude.attack.search;

/** Turns the variables of an attack on one example into its image, and maps gradients back. */
public interface Rendering {
  /** The image in [0, 1] that the variables make. */
  float[] image(float[] variables);

  /** The gradient by the variables of a function that has this gradient by the image. */
  float[] pullBack(float[] variables, float[] imageGradient);

  /** Moves every value of an image into [0, 1], in place. */
  static float[] clamp(float[] image) {
    for (int i = 0; i < image.length; i++) {
      image[i] = clamp(image[i]);
    }
    return image;
  }

  /**
   * The gradient by the values of a function that has this gradient by the clamped values. It is 0
   * outside [0, 1].
   */
  static float[] throughClamp(float[] values, float[] gradient) {
    float[] passed = new float[values.length];
    for (int i = 0; i < passed.length; i++) {
      passed[i] = values[i] >= 0 && values[i] <= 1 ? gradient[i] : 0;
    }
    return passed;
  }

  /** Rounds a value to a float in [0, 1]. */
  static float clamp(double value) {
    return (float) Math.min(1, Math.max(0, value));
  }
}
