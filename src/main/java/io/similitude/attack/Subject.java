package io.similitude.attack;

import io.similitude.dataset.ImageShape;

/** One example under attack. */
final class Subject {
  /** Of an example that has no label, for attacks that do not look at labels. */
  static final int NO_LABEL = -1;

  private final ImageShape shape;
  private final float[] pixels;
  private final int label;

  /** Takes over the pixels. */
  Subject(ImageShape shape, float[] pixels, int label) {
    this.shape = shape;
    this.pixels = pixels;
    this.label = label;
  }

  ImageShape shape() {
    return shape;
  }

  /** In [0, 1]: channels x height x width. Not to be written to. */
  float[] pixels() {
    return pixels;
  }

  int label() {
    return label;
  }
}
