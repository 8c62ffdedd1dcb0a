package io.similitude.dataset;

import io.similitude.spec.DatasetSpec;
import io.similitude.spec.InputException;
import java.util.Optional;

/** A data set as its files hold it: the images, and a label for each where there are labels. */
final class StoredDataset {
  private final Images images;
  private final Optional<int[]> labels;

  /** Checks what must hold whatever the format. */
  StoredDataset(DatasetSpec spec, Images images, Optional<int[]> labels) {
    this.images = images;
    this.labels = labels;
    labels.ifPresent(all -> check(all, images.count(), spec));
  }

  private static void check(int[] labels, int images, DatasetSpec spec) {
    String location = spec.labels().orElseThrow();
    if (labels.length != images) {
      throw new InputException(
          "Cannot pair images %s with labels %s: there are %d images and %d labels (do the two files belong together?)"
              .formatted(spec.images(), location, images, labels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0) {
        throw new InputException(
            "Cannot read labels %s: the label of example %d is %d (must be a class, counted from 0)"
                .formatted(location, i, labels[i]));
      }
    }
  }

  Images images() {
    return images;
  }

  Optional<int[]> labels() {
    return labels;
  }
}
