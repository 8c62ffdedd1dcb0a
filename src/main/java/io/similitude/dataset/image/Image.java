package io.similitude.dataset.image;

/** One image on its way to the network: channels x height x width, row-major. */
public final class Image {
  private final ImageShape shape;
  private final float[] pixels;

  /** Uses the pixels without a copy. */
  public Image(ImageShape shape, float[] pixels) {
    if (pixels.length != shape.size()) {
      throw new IllegalArgumentException(
          "Invalid image: %d values (must be %s)".formatted(pixels.length, shape));
    }
    this.shape = shape;
    this.pixels = pixels;
  }

  public ImageShape shape() {
    return shape;
  }

  /** Do not change the array. A transform makes a new image. */
  public float[] pixels() {
    return pixels;
  }
}
