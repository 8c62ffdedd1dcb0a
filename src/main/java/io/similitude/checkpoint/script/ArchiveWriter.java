package io.similitude.checkpoint.script;

import io.similitude.checkpoint.torch.AlignedZip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Writes, without libtorch, TorchScript archives that libtorch 1.13 to 2.7 loads. Equal modules
 * give equal bytes. A file is never written only in part.
 */
public final class ArchiveWriter {
  /** The folder inside the archive. Any name works. */
  private static final String ROOT = "m/";

  private ArchiveWriter() {}

  /**
   * Writes a module. An existing file is replaced.
   *
   * @throws UncheckedIOException when the file cannot be written
   */
  public static void write(Path file, Archive module) {
    Path target = file.toAbsolutePath();
    try {
      Path temporary = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".tmp");
      try {
        writeRecords(temporary, module);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write archive " + file + ": " + e.getMessage(), e);
    }
  }

  private static void writeRecords(Path file, Archive module) throws IOException {
    try (AlignedZip zip = new AlignedZip(Files.newOutputStream(file))) {
      for (Map.Entry<String, ByteBuffer> part : module.records().entrySet()) {
        zip.add(ROOT + part.getKey(), part.getValue().duplicate());
      }
    }
  }
}
