package io.similitude.report;

import io.similitude.analysis.finding.FindingRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of findings for the page. Each row has the numbers of one subject, and each column has
 * one kind of number. If there are several layers, the last one is shown.
 *
 * @param leftOut the text about the rows that the page has no room for; empty if there are none
 */
record FoundTable(String caption, List<Head> heads, List<List<Entry>> rows, String leftOut) {
  /** The largest number of rows on the page. The file next to the page has all rows. */
  private static final int MOST_ROWS = 120;

  /** The head of a column. */
  record Head(String text, boolean isNumber) {}

  /** The content of one cell of the table. */
  record Entry(String text, boolean isNumber) {}

  FoundTable {
    heads = List.copyOf(heads);
    rows = List.copyOf(rows);
  }

  /** The table of a layout. It has no rows if there are no findings for it. */
  static FoundTable of(FoundLayout layout, List<FindingRow> found) {
    Map<List<String>, Map<String, FindingRow>> groups = new LinkedHashMap<>();
    for (FindingRow row : found) {
      if (layout.takes(row)) {
        groups
            .computeIfAbsent(layout.key(row), key -> new LinkedHashMap<>())
            .put(row.statistic(), row);
      }
    }
    List<FoundLayout.Column> columns =
        layout.columns().stream()
            .filter(column -> groups.values().stream().anyMatch(it -> !column.text(it).isEmpty()))
            .toList();
    List<Head> heads = new ArrayList<>();
    layout.keys().forEach(key -> heads.add(new Head(key.head(), false)));
    columns.forEach(column -> heads.add(new Head(column.head(), column.isNumber())));
    List<List<Entry>> rows = new ArrayList<>();
    groups.entrySet().stream()
        .limit(MOST_ROWS)
        .forEach(it -> rows.add(entries(it.getKey(), it.getValue(), columns)));
    int left = groups.size() - rows.size();
    return new FoundTable(
        layout.caption(), heads, rows, left == 0 ? "" : ShownNumbers.counted(left, "row"));
  }

  private static List<Entry> entries(
      List<String> key, Map<String, FindingRow> group, List<FoundLayout.Column> columns) {
    List<Entry> entries = new ArrayList<>();
    key.forEach(text -> entries.add(new Entry(text, false)));
    columns.forEach(column -> entries.add(new Entry(column.text(group), column.isNumber())));
    return entries;
  }
}
