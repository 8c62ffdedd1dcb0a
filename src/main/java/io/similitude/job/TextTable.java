package io.similitude.job;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A table for people: columns as wide as their widest cell, numbers to the right. */
final class TextTable {
  private final List<String[]> rows = new ArrayList<>();

  TextTable(String... heads) {
    rows.add(heads);
  }

  TextTable add(Object... cells) {
    if (cells.length != rows.get(0).length) {
      throw new IllegalArgumentException(
          "Invalid row: %d cells (must be %d)".formatted(cells.length, rows.get(0).length));
    }
    rows.add(Arrays.stream(cells).map(Object::toString).toArray(String[]::new));
    return this;
  }

  /** A line a row, each ended. */
  @Override
  public String toString() {
    return rows.stream().map(row -> line(row) + System.lineSeparator()).collect(joining());
  }

  private String line(String[] row) {
    return IntStream.range(0, row.length)
        .mapToObj(column -> padded(row[column], width(column), isNumeric(column)))
        .collect(joining("  "))
        .stripTrailing();
  }

  private static String padded(String text, int width, boolean right) {
    String room = " ".repeat(width - text.length());
    return right ? room + text : text + room;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row[column].length()).max().orElseThrow();
  }

  private boolean isNumeric(int column) {
    return rows.stream().skip(1).allMatch(row -> row[column].matches("-?[0-9.]+|-"));
  }
}
