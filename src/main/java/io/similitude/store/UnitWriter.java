package io.similitude.store;

import static java.util.stream.Collectors.joining;

import io.similitude.store.row.Table;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes the rows of one unit, one file for each table. {@link #commit} makes them visible. If the
 * writer is closed without a commit, the unit leaves no file. In a table the rows have the order in
 * which they were added.
 */
public final class UnitWriter implements AutoCloseable {
  /** The key in the footer for the names of all tables in which the unit has a file. */
  static final String TABLES_KEY = "similitude.tables";

  private final Unit unit;
  private final Map<Table, TableWriter> writers = new EnumMap<>(Table.class);

  UnitWriter(RunWriter run, Unit unit) throws IOException {
    this.unit = unit;
    String tables = unit.tables().stream().sorted().map(Table::folder).collect(joining(","));
    try {
      for (Table table : unit.tables()) {
        writers.put(table, run.table(table, unit.file(table), Map.of(TABLES_KEY, tables)));
      }
    } catch (IOException e) {
      closeAfter(e);
      throw e;
    }
  }

  /**
   * Adds a row to its table.
   *
   * @throws IllegalArgumentException if the unit has no such table
   */
  public void add(UnitRow row) throws IOException {
    TableWriter writer = writers.get(row.table());
    if (writer == null) {
      throw new IllegalArgumentException(
          "Invalid row: unit %s has no table %s".formatted(unit.key(), row.table()));
    }
    writer.write(row.encode(unit.key().batch()));
  }

  /**
   * Ends all files, then moves each to its final place.
   *
   * @throws IllegalStateException if a table got no row
   */
  public void commit() throws IOException {
    stage();
    for (TableWriter writer : writers.values()) {
      writer.publish();
    }
  }

  /** Ends all files. No reader sees them yet. */
  void stage() throws IOException {
    for (Map.Entry<Table, TableWriter> entry : writers.entrySet()) {
      if (entry.getValue().rows() == 0) {
        throw new IllegalStateException(
            "Cannot commit unit %s: it has no rows for %s".formatted(unit.key(), entry.getKey()));
      }
      entry.getValue().stage();
    }
  }

  @Override
  public void close() throws IOException {
    IOException failure = new IOException("Cannot close the files of unit " + unit.key());
    closeAfter(failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private void closeAfter(IOException failure) {
    for (TableWriter writer : writers.values()) {
      try {
        writer.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
