package io.similitude.report.figure;

import io.similitude.similarity.measure.MeasureValue;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A line of a chart.
 *
 * @param name for the legend
 * @param note a further note in the legend, in a quiet colour; may be empty
 * @param x the position of each point, from 0 at the left to 1 at the right
 * @param points its values, with their errors; a missing value leaves a gap
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

  /** Even positions from left to right. A single point is in the middle. */
  public static List<Double> evenly(int count) {
    return IntStream.range(0, count)
        .mapToObj(k -> count == 1 ? 0.5 : (double) k / (count - 1))
        .toList();
  }
}
