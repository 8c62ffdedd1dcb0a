package io.similitude.dataset;

import io.similitude.files.FileAccess;
import io.similitude.spec.DatasetSpec;

/** Reads one format of data sets. A new one is a class, and a line in {@link Datasets}. */
interface StoredFormat {
  /** Finds the files, and opens none that is not needed to know how many examples there are. */
  DatasetListing list(DatasetSpec spec, FileAccess files);

  /** Reads what the files hold; the transforms are not its business. */
  StoredDataset read(DatasetListing listing, FileAccess files);

  /** What tells that the files of a listing are still the same. */
  DatasetIdentity identity();
}
