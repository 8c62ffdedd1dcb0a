package io.similitude.dataset.transform;

import io.similitude.dataset.image.Image;
import io.similitude.dataset.image.ImageShape;

/** Adds a border of zeros, with the same number of pixels on each side. */
record Padding(int pixels) implements Transform {
  @Override
  public ImageShape shape(ImageShape in) {
    int both = Math.multiplyExact(2, pixels);
    return new ImageShape(
        in.channels(), Math.addExact(in.height(), both), Math.addExact(in.width(), both));
  }

  @Override
  public Image apply(Image image) {
    return Window.cut(image, -pixels, -pixels, shape(image.shape()));
  }
}
