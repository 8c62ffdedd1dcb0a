package io.similitude.job;

import io.similitude.files.FileAccess;
import io.similitude.store.RunWriter;
import java.io.Serializable;

/** What all units of representations made elsewhere share on the executors. */
record RepresentationJob(FileAccess files, RunWriter writer) implements Serializable {}
