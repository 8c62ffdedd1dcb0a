package io.similitude.store;

import java.util.List;

/**
 * A file of a run, as it was found.
 *
 * @param table its folder in the run
 * @param path relative to the run's folder
 * @param rows as its footer says; 0 where it has none
 * @param tables those in which its unit has a file; empty where it belongs to no unit
 * @param damage what is wrong with it; null where nothing is
 */
public record CheckedFile(
    String table, String path, long bytes, long rows, List<String> tables, String damage) {
  public CheckedFile {
    tables = List.copyOf(tables);
  }

  public boolean isDamaged() {
    return damage != null;
  }
}
