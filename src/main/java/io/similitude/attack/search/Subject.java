package io.similitude.attack.search;

import io.similitude.dataset.image.ImageShape;

/** One example under attack. */
public final class Subject {
  /** The label of an example without one, for attacks that do not use labels. */
  public static final int NO_LABEL = -1;

  private final ImageShape shape;
  private final float[] pixels;
  private final int label;

  /** Uses the pixels without a copy. */
  public Subject(ImageShape shape, float[] pixels, int label) {
    this.shape = shape;
    this.pixels = pixels;
    this.label = label;
  }

  public ImageShape shape() {
    return shape;
  }

  /** The pixels in [0, 1]: channels x height x width. Do not change the array. */
  public float[] pixels() {
    return pixels;
  }

  int label() {
    return label;
  }
}
