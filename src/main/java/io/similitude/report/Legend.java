package io.similitude.report;

import io.similitude.analysis.Cell;
import io.similitude.analysis.Heatmap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/** One line below a heatmap: a cell that looks like those it explains, and how many they are. */
record Legend(Cell sample, String text) {
  /** What is hatched or marked in a heatmap; empty when nothing is. */
  static List<Legend> of(Heatmap map) {
    List<Legend> lines = new ArrayList<>();
    missing(map).ifPresent(lines::add);
    outside(map, value -> value < 0, -1, "below 0", lines);
    outside(map, value -> value > 1, 2, "above 1", lines);
    return lines;
  }

  /** One line for all reasons, because all are hatched alike. */
  private static Optional<Legend> missing(Heatmap map) {
    Map<String, Long> counts =
        map.cells().stream()
            .filter(cell -> cell.value().isEmpty())
            .collect(Collectors.groupingBy(Cell::status, TreeMap::new, Collectors.counting()));
    String reasons =
        counts.entrySet().stream()
            .map(entry -> entry.getKey() + cells(entry.getValue()))
            .collect(Collectors.joining(", "));
    return counts.keySet().stream()
        .findFirst()
        .map(status -> new Legend(none(status), "no value: " + reasons));
  }

  private static void outside(
      Heatmap map, DoublePredicate test, double sample, String text, List<Legend> lines) {
    long count =
        map.cells().stream()
            .filter(cell -> cell.value().isPresent() && test.test(cell.value().getAsDouble()))
            .count();
    if (count > 0) {
      Cell looks = new Cell(OptionalDouble.of(sample), OptionalDouble.empty(), "ok");
      lines.add(new Legend(looks, text + cells(count)));
    }
  }

  private static Cell none(String status) {
    return new Cell(OptionalDouble.empty(), OptionalDouble.empty(), status);
  }

  private static String cells(long count) {
    return " (" + count + (count == 1 ? " cell)" : " cells)");
  }
}
