package io.similitude.dataset;

import io.similitude.dataset.image.ByteImages;
import io.similitude.dataset.image.ImageArray;
import io.similitude.dataset.image.ImageShape;
import io.similitude.files.FileAccess;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import java.util.Optional;

/** IDX files: images of rank 3 or 4, labels of rank 1, both unsigned bytes. */
final class IdxFormat implements StoredFormat {
  @Override
  public DatasetListing list(DatasetSpec spec, FileAccess files) {
    return ArrayFiles.list(spec, files);
  }

  @Override
  public StoredDataset read(DatasetListing listing, FileAccess files) {
    DatasetSource.Arrays source = ArrayFiles.source(listing);
    IdxArray images = IdxArray.read(source.images(), files);
    ImageShape shape = ImageArray.imageShape(source.images(), images.dimensions());
    Optional<int[]> labels = source.labels().map(location -> labels(location, files));
    return StoredDataset.ofArrays(source, new ByteImages(shape, images.values()), labels);
  }

  @Override
  public DatasetIdentity identity() {
    return DatasetIdentity.CONTENT;
  }

  private static int[] labels(String location, FileAccess files) {
    IdxArray array = IdxArray.read(location, files);
    ImageArray.requireLabels(location, array.dimensions());
    int[] labels = new int[array.values().length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = array.values()[i] & 0xff;
    }
    return labels;
  }
}
