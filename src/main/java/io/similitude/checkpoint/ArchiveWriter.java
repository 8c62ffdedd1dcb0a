package io.similitude.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Writes TorchScript archives that libtorch 1.13 to 2.7 loads, without libtorch. The same module
 * makes the same bytes; a file is there wholly or not at all.
 */
public final class ArchiveWriter {
  /** The folder inside the archive; any name will do. */
  private static final String ROOT = "m/";

  /** What torch 1.13 itself writes for a program of common operators. */
  private static final String VERSION = "3\n";

  private ArchiveWriter() {}

  /**
   * Writes a module, over a file that is there already.
   *
   * @throws UncheckedIOException when the file cannot be written
   */
  public static void write(Path file, ArchiveModule module) {
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

  private static void writeRecords(Path file, ArchiveModule module) throws IOException {
    try (AlignedZip zip = new AlignedZip(Files.newOutputStream(file))) {
      zip.add(ROOT + "data.pkl", ModulePickle.of(module));
      zip.add(ROOT + "code/__torch__.py", module.source().getBytes(StandardCharsets.UTF_8));
      zip.add(ROOT + "constants.pkl", new PickleWriter().op(Opcodes.EMPTY_TUPLE).stop());
      zip.add(ROOT + "version", VERSION.getBytes(StandardCharsets.UTF_8));
      List<Attribute> attributes = module.attributes();
      for (int k = 0; k < attributes.size(); k++) {
        zip.add(ROOT + "data/" + k, attributes.get(k).tensor().bytes());
      }
    }
  }
}
