package io.similitude.dataset.imported;

import io.similitude.dataset.Dataset;
import io.similitude.dataset.DatasetListing;
import io.similitude.files.FileAccess;
import io.similitude.files.Sha256;
import io.similitude.input.InputException;
import io.similitude.spec.RepresentationSpec;
import java.util.Arrays;
import java.util.List;

/** The classes of a data set's examples, with one feature per class. */
record LabelFeatures(DatasetListing listing, int classes) implements FeatureSource {
  static FoundFeatures find(
      RepresentationSpec spec, DatasetListing listing, FileAccess files, long... examples) {
    Dataset dataset = listing.open(files);
    int classes = Arrays.stream(labels(dataset, examples)).max().orElse(0) + 1;
    return new FoundFeatures(
        spec.checkpoint().orElseThrow(),
        spec.view().orElseThrow(),
        spec.layer().orElseThrow(),
        "Labels",
        List.of(classes),
        "the data set",
        ExampleIds.counted(dataset.size()),
        Sha256.ofLines(List.of("labels", Integer.toString(classes), listing.digest(files))),
        new LabelFeatures(listing, classes));
  }

  @Override
  public FeatureRows rows(long[] ids, FileAccess files) {
    int[] labels = labels(listing.open(files), ids);
    float[][] rows = new float[ids.length][classes];
    for (int i = 0; i < rows.length; i++) {
      rows[i][labels[i]] = 1;
    }
    return FeatureRows.of(rows);
  }

  private static int[] labels(Dataset dataset, long... ids) {
    return dataset
        .labels(ids)
        .orElseThrow(
            () ->
                new InputException(
                    "Cannot use labels as a representation: the data set has none (add labels to"
                        + " it)"));
  }
}
