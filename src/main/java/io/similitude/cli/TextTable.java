package io.similitude.cli;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;

/**
 * A text table for people. Each column is as wide as its widest cell. Numbers are aligned to the
 * right.
 */
final class TextTable {
  private static final int GAP = 2;
  private static final Help.ColorScheme PLAIN = Help.defaultColorScheme(Help.Ansi.OFF);

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

  /** Returns one line for each row. Each line ends with a line break. */
  @Override
  public String toString() {
    Help.TextTable table = Help.TextTable.forColumns(PLAIN, columns());
    table.setAdjustLineBreaksForWideCJKCharacters(false);
    rows.forEach(row -> table.addRowValues(aligned(row)));
    return table
        .toString()
        .lines()
        .map(line -> line.stripTrailing() + System.lineSeparator())
        .collect(joining());
  }

  private Column[] columns() {
    return IntStream.range(0, rows.get(0).length)
        .mapToObj(column -> new Column(width(column) + gap(column), gap(column), Overflow.SPAN))
        .toArray(Column[]::new);
  }

  private static int gap(int column) {
    return column == 0 ? 0 : GAP;
  }

  /** Aligns numbers to the right, because the layout of picocli cannot do this. */
  private String[] aligned(String[] row) {
    return IntStream.range(0, row.length)
        .mapToObj(column -> isNumeric(column) ? right(row[column], width(column)) : row[column])
        .toArray(String[]::new);
  }

  private static String right(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row[column].length()).max().orElseThrow();
  }

  private boolean isNumeric(int column) {
    return rows.stream().skip(1).allMatch(row -> row[column].matches("-?[0-9.]+|-"));
  }
}
