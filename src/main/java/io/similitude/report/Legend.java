package io.similitude.report;

import io.similitude.analysis.Heatmap;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/** One line below a heatmap: a cell that looks like those it explains, and how many they are. */
record Legend(MeasureValue sample, String text) {
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
    Map<Status, Long> counts =
        map.cells().stream()
            .filter(cell -> cell.value().isEmpty())
            .collect(
                Collectors.groupingBy(
                    MeasureValue::status,
                    () -> new EnumMap<>(Status.class),
                    Collectors.counting()));
    String reasons =
        counts.entrySet().stream()
            .map(entry -> entry.getKey().label() + cells(entry.getValue()) + wayOut(entry.getKey()))
            .collect(Collectors.joining(", "));
    return counts.keySet().stream()
        .findFirst()
        .map(status -> new Legend(MeasureValue.missing(status), "no value: " + reasons));
  }

  private static void outside(
      Heatmap map, DoublePredicate test, double sample, String text, List<Legend> lines) {
    long count =
        map.cells().stream()
            .filter(cell -> cell.value().isPresent() && test.test(cell.value().getAsDouble()))
            .count();
    if (count > 0) {
      lines.add(new Legend(MeasureValue.withoutError(sample), text + cells(count)));
    }
  }

  private static String wayOut(Status status) {
    return status == Status.ACTIVATIONS_NOT_KEPT ? ": activations: full keeps them" : "";
  }

  private static String cells(long count) {
    return " (" + count + (count == 1 ? " cell)" : " cells)");
  }
}
