package io.similitude.attack.search;

/**
 * Adds the variables, one a pixel, to the image. What keeps the sum in [0, 1] is their {@link Box}.
 */
final class PixelRendering implements Rendering {
  private final float[] pixels;

  PixelRendering(float[] pixels) {
    this.pixels = pixels;
  }

  @Override
  public float[] image(float[] variables) {
    float[] image = new float[pixels.length];
    for (int i = 0; i < image.length; i++) {
      // At the box's end the sum may be beyond it by a rounding.
      image[i] = Rendering.clamp(pixels[i] + variables[i]);
    }
    return image;
  }

  @Override
  public float[] pullBack(float[] variables, float[] imageGradient) {
    return imageGradient;
  }
}
