package io.similitude.dataset.transform;

import io.similitude.dataset.image.Image;
import io.similitude.dataset.image.ImageShape;

/** A step from the stored image to the network's input; images are in [0, 1]. */
interface Transform {
  /**
   * The shape of the result of {@link #apply} for an image of this shape.
   *
   * @throws ArithmeticException if it is too large
   */
  ImageShape shape(ImageShape in);

  Image apply(Image image);
}
