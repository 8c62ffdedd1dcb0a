package io.similitude.checkpoint.script;

import java.nio.ByteBuffer;
import java.util.Map;

/** A TorchScript archive to be written by {@link ArchiveWriter}. */
public sealed interface Archive permits ArchiveModule, RewrittenScript {
  /** The contents of its records, by their names below the archive's root folder, in order. */
  Map<String, ByteBuffer> records();
}
