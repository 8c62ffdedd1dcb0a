package io.similitude.dataset.image;

/**
 * The images of a data set as they are stored, before any transform. Every format provides this. It
 * is safe for use by many threads.
 */
public interface Images {
  int count();

  /** The stored shape of the first image; other images may have other shapes. */
  ImageShape firstShape();

  /** The image. Integers are divided by the value of white. Floats are not changed. */
  Image read(int index);

  /**
   * Reads images in the cheapest order and gives each to {@code taker} with its position.
   *
   * @throws io.similitude.input.InputException if some images cannot be read or taken; the message
   *     names them
   */
  default void read(long[] ids, Taker taker) {
    BadImages bad = new BadImages();
    for (int i = 0; i < ids.length; i++) {
      int position = i;
      bad.attempt(() -> taker.take(position, read((int) ids[position])));
    }
    bad.refuse(ids.length);
  }

  /**
   * Checks the pixels, if the format allows any value. Bytes are in [0, 1] after the division.
   *
   * @throws io.similitude.input.InputException if a pixel is outside [0, 1]
   */
  default void requireUnitPixels(long... ids) {}

  /** The name of an image in messages. */
  default String name(int index) {
    return "image " + index;
  }

  /** Receives images as they are read. */
  interface Taker {
    /** Receives the image whose id is at {@code position} of the requested ids. */
    void take(int position, Image image);
  }
}
