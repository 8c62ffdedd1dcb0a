package io.similitude.store;

import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The place of a table's file in the run's folder. The digest is part of its name. So a listing
 * alone shows which files are done and which are superseded.
 *
 * @param folder relative to the run's: the table's, then {@code column=value} for each partition
 *     column
 * @param name the name of the file's content within the partition
 * @param digest the digest of everything that affects its rows
 */
record TableFile(String folder, String name, String digest) {
  /** 64 bits: two of a million files share them with a probability of 3e-8. */
  private static final int DIGITS_IN_NAME = 16;

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{" + DIGITS_IN_NAME + ",}");

  static TableFile ofUnit(Table table, UnitKey unit, String digest) {
    return new TableFile(
        unitFolder(table, unit), String.format(Locale.ROOT, "batch-%05d", unit.batch()), digest);
  }

  static TableFile ofLayers(String checkpoint, String digest) {
    UnitKey.checkId("checkpoint", checkpoint);
    checkDigest(digest);
    return new TableFile(Table.LAYERS.folder() + "/checkpoint=" + checkpoint, "layers", digest);
  }

  /** The one file of a table that is written as a whole. Its name has no digest. */
  static TableFile alone(Table table) {
    return new TableFile(table.folder(), table.folder(), "");
  }

  /** A file of a table by its path. Which digest it must have is not known. */
  static TableFile at(String path) {
    int name = path.lastIndexOf('/') + 1;
    return new TableFile(
        path.substring(0, name - 1), path.substring(name, path.length() - ".parquet".length()), "");
  }

  static String unitFolder(Table table, UnitKey unit) {
    return table.folder() + "/checkpoint=" + unit.checkpoint() + "/view=" + unit.view();
  }

  String path() {
    String digits = digest.isEmpty() ? "" : "." + digits(digest);
    return folder + "/" + name + digits + ".parquet";
  }

  /** The digits of a digest that are in a file's name. */
  static String digits(String digest) {
    return digest.substring(0, Math.min(digest.length(), DIGITS_IN_NAME));
  }

  static void checkDigest(String digest) {
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException(
          "Invalid digest: " + digest + " (must match " + DIGEST + ")");
    }
  }
}
