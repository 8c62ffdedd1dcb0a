package io.similitude.cli;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+|-");

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
    // Once for the whole table, not for each row: a table may have thousands of rows.
    int[] widths = IntStream.range(0, rows.get(0).length).map(this::width).toArray();
    Set<Integer> numeric =
        IntStream.range(0, widths.length).filter(this::isNumeric).boxed().collect(toSet());
    Help.TextTable table = Help.TextTable.forColumns(PLAIN, columns(widths));
    table.setAdjustLineBreaksForWideCJKCharacters(false);
    rows.forEach(row -> table.addRowValues(aligned(row, widths, numeric)));
    return table
        .toString()
        .lines()
        .map(line -> line.stripTrailing() + System.lineSeparator())
        .collect(joining());
  }

  private static Column[] columns(int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(column -> new Column(widths[column] + gap(column), gap(column), Overflow.SPAN))
        .toArray(Column[]::new);
  }

  private static int gap(int column) {
    return column == 0 ? 0 : GAP;
  }

  /** Aligns numbers to the right, because the layout of picocli cannot do this. */
  private static String[] aligned(String[] row, int[] widths, Set<Integer> numeric) {
    return IntStream.range(0, row.length)
        .mapToObj(
            column -> numeric.contains(column) ? right(row[column], widths[column]) : row[column])
        .toArray(String[]::new);
  }

  private static String right(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row[column].length()).max().orElseThrow();
  }

  private boolean isNumeric(int column) {
    return rows.stream().skip(1).allMatch(row -> NUMBER.matcher(row[column]).matches());
  }
}
