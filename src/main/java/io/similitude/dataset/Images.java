package io.similitude.dataset;

/**
 * The images of a data set as they are stored, before any transform. What a format has to provide;
 * safe for use by many threads.
 */
interface Images {
  int count();

  /** The stored shape, without reading the image. */
  ImageShape shape(int index);

  /** The image, with bytes divided by 255 and floats as they are. */
  Image read(int index);
}
