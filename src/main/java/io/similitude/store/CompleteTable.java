package io.similitude.store;

import io.similitude.files.Sha256;
import io.similitude.store.row.Table;
import java.util.Collection;
import java.util.List;

/**
 * The mark that a table of similarities has its q-values. It is a file whose name identifies the
 * parts. The file has no other use. It is removed before the first part changes and written after
 * the last part. So a table with this file is complete, even after a crash. Readers of the table
 * skip its name.
 */
final class CompleteTable {
  private static final String PREFIX = Table.SIMILARITIES.folder() + "/_complete.";
  private static final int DIGITS = 16;

  private CompleteTable() {}

  static boolean isMark(String path) {
    return path.startsWith(PREFIX);
  }

  static String path(Collection<Part> parts) {
    List<String> paths = parts.stream().map(part -> part.file().path()).sorted().toList();
    return PREFIX + Sha256.ofLines(paths).substring(0, DIGITS);
  }
}
