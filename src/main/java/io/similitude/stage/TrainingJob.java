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
 * The data that all trainings of a sweep share on the executors.
 *
 * @param datasets the data sets that the driver found, by name
 */
record TrainingJob(
    SweepSpec spec,
    Map<String, DatasetListing> datasets,
    FileAccess files,
    RunFolder folder,
    RunWriter writer)
    implements Serializable {
  TrainingJob {
    // A TreeMap can be serialized and sent to an executor.
    datasets = new TreeMap<>(datasets);
  }
}
