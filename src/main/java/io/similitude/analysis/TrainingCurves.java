package io.similitude.analysis;

import java.util.List;
import java.util.OptionalInt;

/**
 * How a training went, epoch by epoch.
 *
 * @param training its id
 * @param lines what its steps saw, then each evaluation
 * @param decisive the number of the line that the best epoch is chosen by
 * @param best the epoch whose network is best by it; empty where nothing was evaluated
 */
public record TrainingCurves(String training, List<Line> lines, int decisive, OptionalInt best) {
  public TrainingCurves {
    lines = List.copyOf(lines);
    if (decisive < 0 || decisive >= lines.size()) {
      throw new IllegalArgumentException(
          "Invalid decisive line: %d (must be one of %d)".formatted(decisive, lines.size()));
    }
  }

  /** The last epoch that is done. */
  public int last() {
    return lines.stream()
        .flatMap(line -> line.points().stream())
        .mapToInt(Point::epoch)
        .max()
        .orElse(0);
  }

  /**
   * One data set under one view, or the steps.
   *
   * @param name for the legend
   */
  public record Line(String name, List<Point> points) {
    public Line {
      points = List.copyOf(points);
    }
  }

  /**
   * After an epoch.
   *
   * @param epoch how many epochs were done
   */
  public record Point(int epoch, double loss, double accuracy) {}
}
