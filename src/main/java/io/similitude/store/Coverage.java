package io.similitude.store;

import static java.util.stream.Collectors.toMap;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The pairs that a part of the similarities holds. They are recorded in its file's footer. The part
 * holds each of its row blocks with each of its column blocks. If the row blocks and the column
 * blocks are the same, it holds each pair of blocks in their order.
 *
 * @param settings the identity of the measures and of the choice of pairs
 * @param rows the identity of each block of sites in the rows: words of letters and digits
 * @param columns the identity of each block of sites in the columns
 */
public record Coverage(String settings, List<String> rows, List<String> columns)
    implements Serializable {
  private static final String KEY = "similitude.coverage.";
  private static final Pattern WORD = Pattern.compile("[0-9A-Za-z]+");

  public Coverage {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    check(settings);
    rows.forEach(Coverage::check);
    columns.forEach(Coverage::check);
  }

  /** Whether the part compares a group of blocks with itself. */
  public boolean isSymmetric() {
    return rows.equals(columns);
  }

  Map<String, String> metadata() {
    return Map.of(
        KEY + "settings", settings,
        KEY + "rows", String.join(",", rows),
        KEY + "columns", String.join(",", columns));
  }

  static Optional<Coverage> of(Map<String, String> metadata) {
    Map<String, String> ours =
        metadata.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(KEY))
            .collect(toMap(entry -> entry.getKey().substring(KEY.length()), Map.Entry::getValue));
    return ours.keySet().containsAll(List.of("settings", "rows", "columns"))
        ? Optional.of(
            new Coverage(ours.get("settings"), words(ours.get("rows")), words(ours.get("columns"))))
        : Optional.empty();
  }

  private static List<String> words(String joined) {
    return Arrays.asList(joined.split(",", -1));
  }

  private static void check(String word) {
    if (!WORD.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "Invalid coverage: " + word + " (must match " + WORD + ")");
    }
  }
}
