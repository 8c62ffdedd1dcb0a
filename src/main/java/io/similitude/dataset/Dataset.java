package io.similitude.dataset;

import io.similitude.dataset.image.ImageShape;
import java.util.Optional;

/**
 * An ordered set of examples, read by their index. A data set is opened where it is needed from its
 * description, is the same wherever it is opened, and may be used by many threads.
 */
public interface Dataset {
  /** The number of examples. */
  int size();

  /** The shape of an image after the transforms: what a network is given. */
  ImageShape shape();

  /** Whether the examples have labels. */
  boolean labelled();

  /** The classes of the examples with these indices; empty where there are no labels. */
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
