package io.similitude.job;

import io.similitude.files.FileAccess;
import io.similitude.spec.SweepSpec;
import io.similitude.store.RunWriter;
import java.io.Serializable;

/**
 * What all units of a sweep share on the executors.
 *
 * @param folder the run's folder
 */
record ExtractionJob(SweepSpec spec, FileAccess files, String folder, RunWriter writer)
    implements Serializable {}
