package io.similitude.dataset;

import io.similitude.files.FileAccess;
import io.similitude.spec.DatasetSpec;

/** Reads one format of data sets. A new one is a class, and a line in {@link Datasets}. */
interface StoredFormat {
  /** Reads what the files hold; the transforms are not its business. */
  StoredDataset read(DatasetSpec spec, FileAccess files);
}
