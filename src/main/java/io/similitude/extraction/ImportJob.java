package io.similitude.extraction;

import io.similitude.files.FileAccess;
import io.similitude.store.RunWriter;
import java.io.Serializable;

/** What all units of representations made elsewhere share on the executors. */
public record ImportJob(FileAccess files, RunWriter writer) implements Serializable {}
