package io.similitude.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Local files named by their contents. A copy is written under a temporary name and then renamed.
 * Renaming is atomic, so the final name always holds a complete file. If two writers write the same
 * content, either copy may remain.
 */
final class Staging {
  private Staging() {}

  static StagedFile inPlace(InputStream in, Path path) throws IOException {
    DigestedCopy digest = DigestedCopy.of(in, DigestedCopy.NOWHERE);
    return new StagedFile(path.toAbsolutePath(), digest.sha256(), digest.length());
  }

  static StagedFile copy(InputStream in, String location, Path folder) {
    try {
      return copy(in, folder);
    } catch (IOException e) {
      String task = "Cannot copy " + location + " to " + folder;
      throw Failures.explain(task, e, () -> "was the folder removed meanwhile?");
    }
  }

  private static StagedFile copy(InputStream in, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path partial = Files.createTempFile(folder, "staging-", ".partial");
    try {
      DigestedCopy digest = write(in, partial);
      Path path = folder.resolve(digest.sha256());
      Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
      return new StagedFile(path.toAbsolutePath(), digest.sha256(), digest.length());
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static DigestedCopy write(InputStream in, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      return DigestedCopy.of(in, out);
    }
  }
}
