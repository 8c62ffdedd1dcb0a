package io.similitude.analysis;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Collects the curves of matched layers, with rows in any order. Its memory grows with the number
 * of perturbed representations, not with the number of their pairs.
 */
final class MatchedLayersBuilder {
  /**
   * The number of lines that have a dash and a marker of their own. See the line styles of the
   * report.
   */
  static final int MAX_CHECKPOINTS = 20;

  /**
   * The largest number of points. A point takes about 15 bytes in the page, so this adds less than
   * 2 MB.
   */
  private static final int MAX_POINTS = 100_000;

  private final Map<Line, SortedMap<Integer, Point>> lines = new HashMap<>();

  /**
   * Adds a row that compares a layer of a checkpoint under the benign view with the same layer
   * under another view.
   */
  void add(SimilarityRow row, String benign) {
    boolean forward = row.a().view().equals(benign);
    Site perturbed = forward ? row.b() : row.a();
    Line line = new Line(row.measure(), perturbed.view(), perturbed.checkpoint());
    Point point = new Point(perturbed.layer(), row.similarity());
    SortedMap<Integer, Point> points = lines.computeIfAbsent(line, l -> new TreeMap<>());
    // An asymmetric measure has both directions: the one from the benign side is shown.
    if (forward) {
      points.put(perturbed.position(), point);
    } else {
      points.putIfAbsent(perturbed.position(), point);
    }
  }

  int size() {
    return lines.size();
  }

  /**
   * The curves in the given orders, as many as fit into a page. If there are too many checkpoints,
   * an even selection is shown.
   */
  List<MatchedLayers> build(Optional<String> benign, List<String> views, List<String> checkpoints) {
    Set<String> drawn = lines.keySet().stream().map(Line::checkpoint).collect(Collectors.toSet());
    List<String> shown = evenly(checkpoints.stream().filter(drawn::contains).toList());
    List<MatchedLayers> kept = new ArrayList<>();
    int points = 0;
    for (Panel panel : panels(views)) {
      MatchedLayers built = build(panel, benign.orElseThrow(), shown);
      points += built.curves().stream().mapToInt(curve -> curve.layers().size()).sum();
      if (points > MAX_POINTS && !kept.isEmpty()) {
        break;
      }
      if (!built.curves().isEmpty()) {
        kept.add(built);
      }
    }
    return kept;
  }

  private List<Panel> panels(List<String> views) {
    return lines.keySet().stream()
        .map(line -> new Panel(line.measure, line.view))
        .distinct()
        .sorted(
            Comparator.comparing((Panel panel) -> panel.measure.title())
                .thenComparingInt(panel -> views.indexOf(panel.view)))
        .toList();
  }

  private MatchedLayers build(Panel panel, String benign, List<String> checkpoints) {
    List<MatchedCurve> curves =
        checkpoints.stream()
            .filter(it -> lines.containsKey(new Line(panel.measure, panel.view, it)))
            .map(it -> curve(it, lines.get(new Line(panel.measure, panel.view, it))))
            .toList();
    return new MatchedLayers(panel.measure, benign, panel.view, curves);
  }

  private static MatchedCurve curve(String checkpoint, SortedMap<Integer, Point> points) {
    return new MatchedCurve(
        checkpoint,
        points.values().stream().map(Point::layer).toList(),
        points.values().stream().map(Point::similarity).toList());
  }

  /**
   * The first, the last and evenly spaced ones between them. With many epochs this shows the most.
   */
  private static List<String> evenly(List<String> all) {
    if (all.size() <= MAX_CHECKPOINTS) {
      return all;
    }
    return IntStream.range(0, MAX_CHECKPOINTS)
        .mapToObj(k -> all.get(k * (all.size() - 1) / (MAX_CHECKPOINTS - 1)))
        .toList();
  }

  private record Line(MeasureColumns measure, String view, String checkpoint) {}

  private record Panel(MeasureColumns measure, String view) {}

  private record Point(String layer, MeasureValue similarity) {}
}
