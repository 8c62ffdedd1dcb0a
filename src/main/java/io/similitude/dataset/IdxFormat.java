package io.similitude.dataset;

import io.similitude.files.FileAccess;
import io.similitude.spec.DatasetSpec;
import java.util.Optional;

/** IDX files: images of rank 3 or 4, labels of rank 1, both unsigned bytes. */
final class IdxFormat implements StoredFormat {
  @Override
  public StoredDataset read(DatasetSpec spec, FileAccess files) {
    IdxArray images = IdxArray.read(spec.images(), files);
    ImageShape shape = ImageArray.imageShape(spec.images(), images.dimensions());
    Optional<int[]> labels = spec.labels().map(location -> labels(location, files));
    return new StoredDataset(spec, new ByteImages(shape, images.values()), labels);
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
