package io.similitude.store;

import java.util.List;

/**
 * A file of a run, with the result of its check.
 *
 * @param table its folder in the run
 * @param path relative to the run's folder
 * @param rows the number of rows in its footer; 0 if it has no footer
 * @param tables the tables in which its unit has a file; empty if it belongs to no unit
 * @param damage the description of its damage; null if it is not damaged
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
