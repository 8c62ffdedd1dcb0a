package io.similitude.dataset.transform;

import io.similitude.dataset.image.Image;
import io.similitude.dataset.image.ImageShape;

/**
 * Cuts out the square in the middle of an image. A smaller image gets zeros around it.
 *
 * <p>Positions are those of torchvision. If the margin to be cut is odd, half of it is rounded half
 * to even. If the margin to be added is odd, the extra pixel is at the right and the bottom.
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
