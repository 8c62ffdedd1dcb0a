package io.similitude.dataset.image;

/**
 * The images of a data set as they are stored, before any transform. What a format has to provide;
 * safe for use by many threads.
 */
public interface Images {
  int count();

  /** The stored shape of the first image; the others may have other ones. */
  ImageShape firstShape();

  /** The image, with integers divided by white's value and floats as they are. */
  Image read(int index);

  /**
   * Reads images in whatever order is cheapest, each given to {@code taker} with its position.
   *
   * @throws io.similitude.input.InputException naming every image that cannot be read or taken
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
   * Checks images whose format lets pixels be anything; bytes are in [0, 1] once they are divided.
   *
   * @throws io.similitude.input.InputException if a pixel is outside [0, 1]
   */
  default void requireUnitPixels(long... ids) {}

  /** What an image is called in messages. */
  default String name(int index) {
    return "image " + index;
  }

  /** Whoever wants images as they come. */
  interface Taker {
    /** The image whose id stands at {@code position} of those asked for. */
    void take(int position, Image image);
  }
}
