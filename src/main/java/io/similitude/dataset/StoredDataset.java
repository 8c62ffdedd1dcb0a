package io.similitude.dataset;

import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.image.Images;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetSource;
import java.util.Optional;

/** A data set as it is in its files: the images, and a label for each if there are labels. */
final class StoredDataset {
  private final Images images;
  private final ImageShape firstShape;
  private final Optional<Labels> labels;

  StoredDataset(Images images, Optional<Labels> labels) {
    this.images = images;
    this.firstShape = images.firstShape();
    this.labels = labels;
  }

  /** Images and labels from two files. It checks that they match. */
  static StoredDataset ofArrays(
      DatasetSource.Arrays source, Images images, Optional<int[]> labels) {
    labels.ifPresent(all -> requirePaired(source, images.count(), all.length));
    return new StoredDataset(images, labels.map(all -> example -> all[example]));
  }

  private static void requirePaired(DatasetSource.Arrays source, int images, int labels) {
    if (labels != images) {
      throw new InputException(
          "Cannot pair images %s with labels %s: there are %d images and %d labels (do the two files belong together?)"
              .formatted(source.images(), source.labels().orElseThrow(), images, labels));
    }
  }

  Images images() {
    return images;
  }

  /** The stored shape of the first image, found once. */
  ImageShape firstShape() {
    return firstShape;
  }

  Optional<Labels> labels() {
    return labels;
  }
}
