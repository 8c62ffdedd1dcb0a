package io.similitude.report;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.Findings;
import io.similitude.analysis.Heatmap;
import io.similitude.analysis.MatchedLayers;
import io.similitude.analysis.finding.FindingRow;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.report.figure.LineStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The figures of findings. It also finds the figure of the page that shows a finding.
 *
 * @param all the figures, in the order of their topics
 * @param leftOut the number of figures that were left out
 */
record FoundFigures(List<FoundFigure> all, int leftOut) {
  /** The largest number of figures for each topic. A reader cannot look through more. */
  private static final int MOST_OF_A_TOPIC = 16;

  FoundFigures {
    all = List.copyOf(all);
  }

  static FoundFigures of(SweepFindings found, Map<String, LineStyle> styles) {
    List<FoundFigure> every = new ArrayList<>(new CurveFigures(styles).of(found.curves()));
    every.addAll(new NetworkFigures(found, styles).all());
    every.sort(Comparator.comparing(FoundFigure::topic));
    List<FoundFigure> kept = new ArrayList<>();
    for (FoundTopic topic : FoundTopic.values()) {
      every.stream().filter(it -> it.topic() == topic).limit(MOST_OF_A_TOPIC).forEach(kept::add);
    }
    return new FoundFigures(kept, every.size() - kept.size());
  }

  /** The checkpoints that have a curve. */
  static List<String> checkpoints(SweepFindings found) {
    return found.curves().stream()
        .filter(it -> it.curve().equals("lag") || it.curve().equals("drift"))
        .map(it -> it.of())
        .distinct()
        .toList();
  }

  /**
   * The anchor of the figure that shows a finding. If there is none, it is the anchor of its topic.
   */
  String anchor(FindingRow row, Findings findings, FigureNames names) {
    FoundTopic topic = FoundTopic.of(row.finding(), row.statistic());
    Optional<String> figure =
        switch (row.statistic()) {
          case "equal-lag-contrast" -> heatmap(row, row.a(), row.a(), findings, names);
          case "identification", "duplicate" -> heatmap(row, row.a(), row.b(), findings, names);
          case "slope" -> matched(row, findings, names);
          case "long-range-difference" ->
              own(row.tag() == null ? "specialisation-lag-" : "group-lag-" + row.tag(), row, names);
          case "labels-slope" -> own("labels-gap", row, names);
          case "sensitivity-slope" -> own("sensitivity-gap", row, names);
          case "separation" -> own("separation", row, names);
          default -> Optional.empty();
        };
    return figure.orElse("found-" + topic.anchor());
  }

  private static Optional<String> heatmap(
      FindingRow row, String a, String b, Findings findings, FigureNames names) {
    CheckpointView one = new CheckpointView(a, row.view());
    CheckpointView other = new CheckpointView(b, row.view());
    return IntStream.range(0, findings.heatmaps().size())
        .filter(i -> isOf(findings.heatmaps().get(i), row, one, other))
        .mapToObj(names.heatmaps()::get)
        .findFirst();
  }

  private static boolean isOf(
      Heatmap map, FindingRow row, CheckpointView one, CheckpointView other) {
    return map.measure().equals(row.measure())
        && ((map.rows().equals(one) && map.columns().equals(other))
            || (map.rows().equals(other) && map.columns().equals(one)));
  }

  private static Optional<String> matched(FindingRow row, Findings findings, FigureNames names) {
    List<MatchedLayers> panels = findings.robustness().matchedLayers();
    return IntStream.range(0, panels.size())
        .filter(i -> panels.get(i).perturbed().equals(row.otherView()))
        .filter(i -> panels.get(i).measure().equals(row.measure()))
        .mapToObj(names.matchedLayers()::get)
        .findFirst();
  }

  /** The first figure of findings whose name contains this part and the view of the row. */
  private Optional<String> own(String part, FindingRow row, FigureNames names) {
    return IntStream.range(0, all.size())
        .filter(i -> all.get(i).stem().contains(part))
        .filter(i -> all.get(i).heading().contains(row.view()))
        .mapToObj(names.found()::get)
        .findFirst();
  }
}
