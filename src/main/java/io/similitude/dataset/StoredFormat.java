package io.similitude.dataset;

import io.similitude.files.FileAccess;
import io.similitude.spec.DatasetSpec;

/** Reads one format of data sets. A new format needs a class and a line in {@link Datasets}. */
interface StoredFormat {
  /** Finds the files. It opens a file only if that is needed to count the examples. */
  DatasetListing list(DatasetSpec spec, FileAccess files);

  /** Reads the content of the files. It applies no transforms. */
  StoredDataset read(DatasetListing listing, FileAccess files);

  /** The properties that show whether the files of a listing are unchanged. */
  DatasetIdentity identity();
}
