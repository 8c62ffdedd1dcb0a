package io.similitude.dataset;

import io.similitude.input.InputException;

/** The class of each example, from 0; safe for use by many threads. */
interface Labels {
  /** The class of an example. */
  int of(int example);

  /** A label as it is stored, if it is a class. */
  static int require(String location, int example, long label) {
    if (label < 0 || label > Integer.MAX_VALUE) {
      throw new InputException(
          "Cannot read labels %s: the label of example %d is %d (must be a class, counted from 0)"
              .formatted(location, example, label));
    }
    return (int) label;
  }
}
