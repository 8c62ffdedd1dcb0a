package io.similitude.stage;

import io.similitude.dataset.DatasetListing;
import io.similitude.files.FileAccess;
import io.similitude.spec.SweepSpec;
import io.similitude.store.RunFolder;
import io.similitude.store.RunWriter;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all trainings of a sweep share on the executors.
 *
 * @param datasets as the driver found them, by name
 */
record TrainingJob(
    SweepSpec spec,
    Map<String, DatasetListing> datasets,
    FileAccess files,
    RunFolder folder,
    RunWriter writer)
    implements Serializable {
  TrainingJob {
    // Of a class that travels.
    datasets = new TreeMap<>(datasets);
  }
}
