package io.similitude.dataset.transform;

import io.similitude.dataset.image.Image;
import io.similitude.dataset.image.ImageShape;

/**
 * The square in the middle of an image, with zeros around an image that is smaller.
 *
 * <p>Positions are torchvision's: an odd pixel of a margin to be cut goes half to even, one to be
 * added goes to the right and the bottom.
 *
 * <p>Source: torchvision 0.14, {@code transforms.functional.center_crop}.
 */
record CenterCropping(int side) implements Transform {
  @Override
  public ImageShape shape(ImageShape in) {
    return new ImageShape(in.channels(), side, side);
  }

  @Override
  public Image apply(Image image) {
    ImageShape in = image.shape();
    return Window.cut(image, start(in.height()), start(in.width()), shape(in));
  }

  private int start(int length) {
    return side > length ? -((side - length) / 2) : (int) Math.rint((length - side) / 2.0);
  }
}
