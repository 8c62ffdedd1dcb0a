package io.similitude.dataset;

import io.similitude.dataset.image.ByteImages;
import io.similitude.dataset.image.FloatImages;
import io.similitude.dataset.image.ImageArray;
import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.image.Images;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import java.util.Optional;

/**
 * NumPy files: images of rank 3 or 4 of uint8, uint16, booleans or floats, and labels of rank 1,
 * integers.
 */
final class NpyFormat implements StoredFormat {
  /** The value of white in images of uint16. */
  private static final float WHITE = 65_535;

  @Override
  public DatasetListing list(DatasetSpec spec, FileAccess files) {
    return ArrayFiles.list(spec, files);
  }

  @Override
  public StoredDataset read(DatasetListing listing, FileAccess files) {
    DatasetSource.Arrays source = ArrayFiles.source(listing);
    NpyArray images = NpyArray.read(source.images(), files);
    Optional<int[]> labels = source.labels().map(location -> labels(location, files));
    return StoredDataset.ofArrays(source, images(source.images(), images), labels);
  }

  @Override
  public DatasetIdentity identity() {
    return DatasetIdentity.CONTENT;
  }

  private static Images images(String location, NpyArray array) {
    ImageShape shape = ImageArray.imageShape(location, array.shape());
    return switch (array.type()) {
      case UINT8 -> new ByteImages(shape, array.bytes());
      case UINT16 -> new FloatImages(shape, divided(array.floats()));
      case BOOL, FLOAT16, FLOAT32, FLOAT64 ->
          new FloatImages(shape, finite(location, shape, array.floats()));
      default ->
          throw new InputException(
              "Cannot read images %s: its values are %s, for which the value of white is unknown (must be uint8, uint16, bool or a float type; divide by white's value and save as float32)"
                  .formatted(location, array.type()));
    };
  }

  private static float[] divided(float... values) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= WHITE;
    }
    return values;
  }

  private static float[] finite(String location, ImageShape shape, float... values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InputException(
            "Cannot read images %s: image %d has a pixel of value %s (must be finite, and of float32's range)"
                .formatted(location, i / shape.size(), values[i]));
      }
    }
    return values;
  }

  private static int[] labels(String location, FileAccess files) {
    NpyArray array = NpyArray.read(location, files);
    ImageArray.requireLabels(location, array.shape());
    if (!array.type().isInteger()) {
      throw new InputException(
          "Cannot read labels %s: its values are %s (must be whole numbers; convert with astype('int64'))"
              .formatted(location, array.type()));
    }
    long[] values = array.longs();
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Labels.require(location, i, values[i]);
    }
    return labels;
  }
}
