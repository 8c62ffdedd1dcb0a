package io.similitude.dataset.imported;

import io.similitude.dataset.Dataset;
import io.similitude.dataset.DatasetListing;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.files.FileAccess;
import io.similitude.files.Fingerprint;
import io.similitude.spec.RepresentationSpec;
import java.util.Arrays;
import java.util.List;

/** The images of a data set after the transforms, as networks get them. */
record PixelFeatures(DatasetListing listing) implements FeatureSource {
  static FoundFeatures find(RepresentationSpec spec, DatasetListing listing, FileAccess files) {
    Dataset dataset = listing.open(files);
    ImageShape shape = dataset.shape();
    return new FoundFeatures(
        spec.checkpoint().orElseThrow(),
        spec.view().orElseThrow(),
        spec.layer().orElseThrow(),
        "Pixels",
        List.of(shape.channels(), shape.height(), shape.width()),
        "the data set",
        ExampleIds.counted(dataset.size()),
        new Fingerprint()
            .with("source", "pixels")
            .with("files", listing.digest(files))
            .withAll("transforms", listing.spec().transforms())
            .hex(),
        new PixelFeatures(listing));
  }

  @Override
  public FeatureRows rows(long[] ids, FileAccess files) {
    Examples examples = listing.open(files).read(ids);
    int size = examples.shape().size();
    float[][] rows = new float[ids.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(examples.pixels(), i * size, (i + 1) * size);
    }
    return FeatureRows.of(rows);
  }
}
