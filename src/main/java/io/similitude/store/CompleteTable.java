package io.similitude.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * The mark that a table of similarities has its q-values: an otherwise useless file whose name says
 * of which parts. It goes before the first part changes and comes after the last, so that a table
 * that has it is complete, whatever happened in between; readers of the table skip its name.
 */
final class CompleteTable {
  private static final String PREFIX = Table.SIMILARITIES.folder() + "/_complete.";
  private static final int DIGITS = 16;

  private CompleteTable() {}

  static boolean isMark(String path) {
    return path.startsWith(PREFIX);
  }

  static String path(Collection<Part> parts) {
    MessageDigest sha256 = sha256();
    parts.stream()
        .map(part -> part.file().path())
        .sorted()
        .forEach(path -> sha256.update((path + "\n").getBytes(StandardCharsets.UTF_8)));
    return PREFIX + HexFormat.of().formatHex(sha256.digest()).substring(0, DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
