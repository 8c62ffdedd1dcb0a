package io.similitude.spec;

import io.similitude.spec.key.Keyword;

/** The file format of a data set. */
public enum DatasetFormat implements Keyword {
  /**
   * The files of MNIST and similar data sets: unsigned bytes after a big-endian header, gzipped or
   * not.
   */
  IDX(DatasetSource.Arrays.class),
  /** NumPy arrays, N x C x H x W: floats are not changed, bytes are divided by 255. */
  NPY(DatasetSource.Arrays.class),
  /** CIFAR-10 as it unpacks. */
  CIFAR10(DatasetSource.Folder.class),
  /** CIFAR-100 as it unpacks, with the fine labels. */
  CIFAR100(DatasetSource.Folder.class),
  /** JPEG and PNG files, with one folder per class. */
  IMAGE_FOLDER(DatasetSource.Folder.class),
  /** Parquet files with JPEG and PNG images in a column. */
  PARQUET(DatasetSource.Columns.class);

  private final Class<? extends DatasetSource> source;

  DatasetFormat(Class<? extends DatasetSource> source) {
    this.source = source;
  }

  boolean isReadFrom(DatasetSource candidate) {
    return source.isInstance(candidate);
  }
}
