package io.similitude.report.figure;

import io.similitude.analysis.Findings;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Stroke;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The look of the line of a checkpoint, the same in every figure.
 *
 * <p>The colours are those of Okabe and Ito (2008) without yellow, which is too faint on white. The
 * numbers of dashes (four) and markers (five) have no common factor, so the first 20 lines differ
 * even without colour.
 *
 * @param dash lengths of strokes and gaps in points; empty for a solid line
 */
public record LineStyle(Color colour, List<Integer> dash, Marker marker) {
  /** The number of lines with a dash and a marker of their own. */
  private static final int DIFFERENT = 20;

  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072b2),
          new Color(0xd55e00),
          new Color(0x009e73),
          new Color(0xcc79a7),
          new Color(0xe69f00),
          new Color(0x56b4e9),
          new Color(0x22262b));

  private static final List<List<Integer>> DASHES =
      List.of(List.of(), List.of(7, 3), List.of(2, 2), List.of(9, 3, 2, 3));

  private static final List<Marker> MARKERS = List.of(Marker.values());

  public static LineStyle of(int line) {
    return new LineStyle(
        COLOURS.get(line % COLOURS.size()),
        DASHES.get(line % DASHES.size()),
        MARKERS.get(line % MARKERS.size()));
  }

  /**
   * The style of every checkpoint that has a line, in the order of first appearance.
   *
   * @param found checkpoints that have a line in a figure of findings
   */
  public static Map<String, LineStyle> ofCheckpoints(Findings findings, Collection<String> found) {
    Map<String, LineStyle> styles = new LinkedHashMap<>();
    findings.robustness().matchedLayers().stream()
        .flatMap(panel -> panel.curves().stream())
        .forEach(curve -> styles.computeIfAbsent(curve.checkpoint(), c -> of(styles.size())));
    Stream<String> ofSeries =
        findings.series().isEmpty()
            ? Stream.of()
            : findings.accuracies().stream().map(it -> it.shown().checkpoint());
    Stream.concat(ofSeries, found.stream())
        .distinct()
        .takeWhile(it -> styles.size() < DIFFERENT)
        .forEach(it -> styles.computeIfAbsent(it, c -> of(styles.size())));
    return styles;
  }

  public Color translucent(int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }

  public Stroke stroke(float width) {
    if (dash.isEmpty()) {
      return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }
    float[] lengths = new float[dash.size()];
    for (int k = 0; k < lengths.length; k++) {
      lengths[k] = dash.get(k);
    }
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, lengths, 0);
  }
}
