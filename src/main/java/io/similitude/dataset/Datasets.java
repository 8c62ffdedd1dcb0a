package io.similitude.dataset;

import io.similitude.files.FileAccess;
import io.similitude.spec.DatasetFormat;
import io.similitude.spec.DatasetSpec;
import java.util.Map;

/**
 * Opens data sets by their description, on the driver and on executors alike. What is decoded is
 * shared by the JVM: see {@link StoredCache} for what stays in memory.
 */
public final class Datasets {
  /** A new format is a class and a line here. */
  private static final Map<DatasetFormat, StoredFormat> FORMATS =
      Map.of(
          DatasetFormat.IDX, new IdxFormat(),
          DatasetFormat.NPY, new NpyFormat());

  private static final StoredCache CACHE = new StoredCache();

  private Datasets() {}

  /**
   * Opens a data set of all its examples; which of them are used is {@link Batches}' business.
   *
   * @throws io.similitude.spec.InputException when a file is not what the description says, when
   *     images and labels differ in number, or when a transform cannot be applied
   */
  public static Dataset open(DatasetSpec spec, FileAccess files) {
    StoredFormat format = FORMATS.get(spec.format());
    StoredDataset stored = CACHE.get(spec, files, () -> format.read(spec, files));
    return new TransformedDataset(stored, new Transforms(spec.transforms()));
  }
}
