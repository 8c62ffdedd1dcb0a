package io.similitude.attack.search;

/** Adds the variables, one per pixel, to the image. Their {@link Box} keeps the sum in [0, 1]. */
final class PixelRendering implements Rendering {
  private final float[] pixels;

  PixelRendering(float[] pixels) {
    this.pixels = pixels;
  }

  @Override
  public float[] image(float[] variables) {
    float[] image = new float[pixels.length];
    for (int i = 0; i < image.length; i++) {
      // At the end of the box the sum may be outside [0, 1] by a rounding error.
      image[i] = Rendering.clamp(pixels[i] + variables[i]);
    }
    return image;
  }

  @Override
  public float[] pullBack(float[] variables, float[] imageGradient) {
    return imageGradient;
  }
}
