package io.similitude.job;

import io.similitude.files.FileAccess;
import io.similitude.spec.SweepSpec;
import io.similitude.store.RunWriter;
import java.io.Serializable;

/**
 * What all units of a sweep share on the executors; broadcast.
 *
 * @param threads CPU threads of a task
 * @param attempts how often Spark tries a task before it gives up the whole job
 */
record ExtractionJob(SweepSpec spec, FileAccess files, RunWriter writer, int threads, int attempts)
    implements Serializable {}
