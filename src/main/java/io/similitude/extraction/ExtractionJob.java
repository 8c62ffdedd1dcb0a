package io.similitude.extraction;

import io.similitude.dataset.DatasetListing;
import io.similitude.files.FileAccess;
import io.similitude.spec.SweepSpec;
import io.similitude.store.RunWriter;
import java.io.Serializable;

/**
 * What all units of a sweep share on the executors.
 *
 * @param dataset the data set as the driver found it
 * @param folder the run's folder
 */
public record ExtractionJob(
    SweepSpec spec, DatasetListing dataset, FileAccess files, String folder, RunWriter writer)
    implements Serializable {}
