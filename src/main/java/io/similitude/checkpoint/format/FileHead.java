package io.similitude.checkpoint.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The first bytes of a file. Formats recognise their own files by them. */
final class FileHead {
  /** Enough bytes to reach the mark of a tar archive, at 257. */
  private static final int LENGTH = 512;

  /** The bytes as ISO 8859-1 characters. */
  private final String text;

  private FileHead(byte[] bytes) {
    this.text = new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static FileHead of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new FileHead(in.readNBytes(LENGTH));
    }
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  /** Whether the bytes at a position are these ISO 8859-1 characters. */
  boolean has(String bytesAsText, int at) {
    return text.startsWith(bytesAsText, at);
  }

  /** Whether it is text that begins with this character, after white space. */
  boolean isTextThatBegins(String character) {
    return text.chars().noneMatch(c -> c < ' ' && !Character.isWhitespace(c))
        && text.stripLeading().startsWith(character);
  }
}
