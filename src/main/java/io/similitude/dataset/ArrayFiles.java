package io.similitude.dataset;

import io.similitude.files.FileAccess;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import java.util.ArrayList;
import java.util.List;

/** The two files of the formats that are arrays. */
final class ArrayFiles {
  private ArrayFiles() {}

  static DatasetListing list(DatasetSpec spec, FileAccess files) {
    DatasetSource.Arrays source = (DatasetSource.Arrays) spec.source();
    List<String> locations = new ArrayList<>(List.of(source.images()));
    source.labels().ifPresent(locations::add);
    return DatasetListing.ofLocations(spec, files, locations);
  }

  static DatasetSource.Arrays source(DatasetListing listing) {
    return (DatasetSource.Arrays) listing.spec().source();
  }
}
