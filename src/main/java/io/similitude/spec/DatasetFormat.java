package io.similitude.spec;

/** How a data set is stored. */
public enum DatasetFormat implements Keyword {
  /** The files of MNIST and its kin: unsigned bytes behind a big-endian header, gzipped or not. */
  IDX,
  /** NumPy arrays, N x C x H x W: floats as they are, bytes divided by 255. */
  NPY
}
