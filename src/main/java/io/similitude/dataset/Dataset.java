package io.similitude.dataset;

import io.similitude.dataset.image.ImageShape;
import java.util.Optional;

/**
 * An ordered set of examples, read by their index. A data set is opened from its description where
 * it is needed. It is equal wherever it is opened. It is safe for use by many threads.
 */
public interface Dataset {
  /** The number of examples. */
  int size();

  /** The shape of an image after the transforms: the network's input. */
  ImageShape shape();

  /** Whether the examples have labels. */
  boolean labelled();

  /** The classes of the examples with these indices; empty if there are no labels. */
  Optional<int[]> labels(long[] ids);

  /**
   * Checks the stored pixels of the examples with these indices.
   *
   * @throws io.similitude.input.InputException if a pixel is outside [0, 1]
   */
  void requireUnitPixels(long[] ids);

  /**
   * The examples with these indices, in this order.
   *
   * @throws IndexOutOfBoundsException for an index outside 0 .. size - 1
   */
  Examples read(long[] ids);
}
