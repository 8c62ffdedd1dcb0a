package io.similitude.report.figure;

import io.similitude.similarity.measure.MeasureValue;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A line of a chart.
 *
 * @param name for the legend
 * @param note what else the legend says, quietly; may be empty
 * @param x where each point lies between the left, 0, and the right, 1
 * @param points its values, with their errors; there is a gap where one is missing
 */
public record ChartLine(
    String name, String note, LineStyle style, List<Double> x, List<MeasureValue> points) {
  public ChartLine {
    x = List.copyOf(x);
    points = List.copyOf(points);
    if (x.size() != points.size()) {
      throw new IllegalArgumentException(
          "Invalid line: %d places for %d points".formatted(x.size(), points.size()));
    }
  }

  /** Evenly from left to right; a point alone in the middle. */
  public static List<Double> evenly(int count) {
    return IntStream.range(0, count)
        .mapToObj(k -> count == 1 ? 0.5 : (double) k / (count - 1))
        .toList();
  }
}
