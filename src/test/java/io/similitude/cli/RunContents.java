package io.similitude.cli;

import io.similitude.store.row.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What is in a run's folder, as others see it. */
final class RunContents {
  /** Characters of a row that a message shows: a Gram matrix has many. */
  private static final int ROW_SHOWN = 500;

  private RunContents() {}

  /**
   * The rows of a table as DuckDB reads and prints them, in one order. It prints as many digits as
   * tell a number from all others, so equal texts are equal bits.
   */
  static List<String> rows(Path run, Table table) throws SQLException {
    return query(
        "select t::varchar from read_parquet('%s/%s/**/*.parquet', hive_types_autocast = false) t order by 1"
            .formatted(run, table.folder()));
  }

  /** Where a table has other rows in one run than in another, as a line says it; empty: nowhere. */
  static Optional<String> difference(Path run, Path other, Table table) throws SQLException {
    List<String> rows = rows(run, table);
    List<String> others = rows(other, table);
    if (rows.size() != others.size()) {
      return Optional.of("%s: %d rows, and %d".formatted(table, rows.size(), others.size()));
    }
    List<Integer> different =
        IntStream.range(0, rows.size())
            .filter(i -> !rows.get(i).equals(others.get(i)))
            .boxed()
            .toList();
    return different.stream()
        .findFirst()
        .map(
            i ->
                "%s: %d of %d rows differ on %s, such as %s and %s"
                    .formatted(
                        table,
                        different.size(),
                        rows.size(),
                        processor(),
                        shortened(rows.get(i)),
                        shortened(others.get(i))));
  }

  /** Libtorch's last digits are those of a kind of processor. */
  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .orElse("an unnamed processor");
    } catch (IOException e) {
      return "an unknown processor";
    }
  }

  private static String shortened(String row) {
    return row.substring(0, Math.min(row.length(), ROW_SHOWN));
  }

  /** The first column of a query's rows, as DuckDB prints it. */
  static List<String> query(String sql) throws SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  /**
   * The files below a folder by their paths in it, each with what changes when it is written anew:
   * files come into a run by a move, so that their inode is another then.
   */
  static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (var tree = Files.walk(folder)) {
      tree.filter(Files::isRegularFile)
          .forEach(file -> files.put(folder.relativize(file).toString(), identity(file)));
    }
    return files;
  }

  private static String identity(Path file) {
    try {
      BasicFileAttributes status = Files.readAttributes(file, BasicFileAttributes.class);
      return status.fileKey() + " " + status.lastModifiedTime() + " " + status.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
