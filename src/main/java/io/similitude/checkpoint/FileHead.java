package io.similitude.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The first bytes of a file, by which formats know their own. */
final class FileHead {
  /** Enough to reach the mark of a tar archive, at 257. */
  private static final int LENGTH = 512;

  private final byte[] bytes;

  private FileHead(byte[] bytes) {
    this.bytes = bytes;
  }

  static FileHead of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new FileHead(in.readNBytes(LENGTH));
    }
  }

  boolean isEmpty() {
    return bytes.length == 0;
  }

  /** Whether these ISO 8859-1 characters are the bytes from a position on. */
  boolean has(String bytesAsText, int at) {
    byte[] expected = bytesAsText.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= at + expected.length
        && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
  }
}
