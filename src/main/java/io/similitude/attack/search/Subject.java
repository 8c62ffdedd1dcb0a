package io.similitude.attack.search;

import io.similitude.dataset.image.ImageShape;

/** One example under attack. */
public final class Subject {
  /** Of an example that has no label, for attacks that do not look at labels. */
  public static final int NO_LABEL = -1;

  private final ImageShape shape;
  private final float[] pixels;
  private final int label;

  /** Takes over the pixels. */
  public Subject(ImageShape shape, float[] pixels, int label) {
    this.shape = shape;
    this.pixels = pixels;
    this.label = label;
  }

  public ImageShape shape() {
    return shape;
  }

  /** In [0, 1]: channels x height x width. Not to be written to. */
  public float[] pixels() {
    return pixels;
  }

  int label() {
    return label;
  }
}
