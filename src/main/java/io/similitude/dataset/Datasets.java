package io.similitude.dataset;

import io.similitude.dataset.transform.Transforms;
import io.similitude.files.FileAccess;
import io.similitude.spec.DatasetFormat;
import io.similitude.spec.DatasetSpec;
import java.util.Map;

/**
 * Finds and opens data sets by their description. Decoded data sets are shared within the JVM. See
 * {@link StoredCache} for the ones that stay in memory.
 */
public final class Datasets {
  /** A new format needs a class and a line here. */
  private static final Map<DatasetFormat, StoredFormat> FORMATS =
      Map.of(
          DatasetFormat.IDX, new IdxFormat(),
          DatasetFormat.NPY, new NpyFormat(),
          DatasetFormat.CIFAR10, new CifarFormat(CifarLayout.CIFAR10),
          DatasetFormat.CIFAR100, new CifarFormat(CifarLayout.CIFAR100),
          DatasetFormat.IMAGE_FOLDER, new ImageFolderFormat(),
          DatasetFormat.PARQUET, new ParquetFormat());

  private static final StoredCache CACHE = new StoredCache();

  private Datasets() {}

  /**
   * Finds a data set's files, on the driver.
   *
   * @throws io.similitude.input.InputException if they are not at the place in the description
   */
  public static DatasetListing list(DatasetSpec spec, FileAccess files) {
    return format(spec).list(spec, files);
  }

  /** Finds and opens a data set: see {@link DatasetListing#open}. */
  public static Dataset open(DatasetSpec spec, FileAccess files) {
    return open(list(spec, files), files);
  }

  static Dataset open(DatasetListing listing, FileAccess files) {
    DatasetSpec spec = listing.spec();
    StoredDataset stored = CACHE.get(listing, () -> format(spec).read(listing, files));
    return new TransformedDataset(stored, new Transforms(spec.transforms()));
  }

  static StoredFormat format(DatasetSpec spec) {
    return FORMATS.get(spec.format());
  }
}
