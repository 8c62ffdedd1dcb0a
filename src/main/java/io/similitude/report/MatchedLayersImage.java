package io.similitude.report;

import static io.similitude.report.Picture.HALF_LETTER;
import static io.similitude.report.Picture.HEADING;
import static io.similitude.report.Picture.INK;
import static io.similitude.report.Picture.LABEL;
import static io.similitude.report.Picture.MARGIN;
import static io.similitude.report.Picture.QUIET;
import static io.similitude.report.Picture.TEXT;

import io.similitude.analysis.Findings;
import io.similitude.analysis.MatchedCurve;
import io.similitude.analysis.MatchedLayers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The curves of matched layers under one view as a picture: layers from left to right, their names
 * where all checkpoints have the same, similarities upwards, checkpoints with their tags below.
 */
final class MatchedLayersImage {
  private static final int TITLE = 48;
  private static final int LEFT = MARGIN + 28;
  private static final int PLOT_WIDTH = 700;
  private static final int PLOT_HEIGHT = 300;
  private static final int GAP = 7;
  private static final int LEGEND_LINE = 17;
  private static final int SAMPLE = 40;
  private static final Color RULE = new Color(0xdfe3e6);

  private final Findings findings;
  private final MatchedLayers panel;
  private final Map<String, LineStyle> styles;
  private final ValueAxis axis;
  private final List<String> names;
  private final int legend;

  private MatchedLayersImage(Findings findings, MatchedLayers panel) {
    List<MatchedLayers> panels = findings.robustness().matchedLayers();
    this.findings = findings;
    this.panel = panel;
    this.styles = LineStyle.ofCheckpoints(panels);
    this.axis = ValueAxis.of(panels);
    this.names = sharedNames(panel);
    this.legend = end() + 2 * GAP + Math.max(LABEL.getSize(), Picture.widest(names)) + LEGEND_LINE;
  }

  static void write(Findings findings, MatchedLayers panel, Path file) throws IOException {
    MatchedLayersImage image = new MatchedLayersImage(findings, panel);
    Picture.write(LEFT + PLOT_WIDTH + 2 * MARGIN, image.height(), image::paint, file);
  }

  private int height() {
    return legend + LEGEND_LINE * panel.curves().size() + MARGIN / 2;
  }

  private void paint(Graphics2D g) {
    paintTitles(g);
    paintAxes(g);
    CurvePainter painter = new CurvePainter(g, this::y);
    paintCurves(painter);
    paintLegend(g, painter);
  }

  private void paintTitles(Graphics2D g) {
    new TextPainter(g, HEADING, INK)
        .from(panel.benign() + " against " + panel.perturbed(), MARGIN, MARGIN + 12);
    String attack = findings.robustness().attacks().get(panel.perturbed());
    new TextPainter(g, TEXT, QUIET)
        .from(attack + "; " + panel.measure().title() + " of each layer", MARGIN, MARGIN + 29);
  }

  private void paintAxes(Graphics2D g) {
    TextPainter text = new TextPainter(g, LABEL, INK);
    g.setStroke(new BasicStroke(0.75f));
    for (ValueAxis.Tick tick : axis.ticks()) {
      double y = y(tick.value());
      g.setColor(RULE);
      g.draw(new Line2D.Double(LEFT, y, LEFT + PLOT_WIDTH, y));
      text.upTo(tick.label(), LEFT - GAP, y + HALF_LETTER);
    }
    double[] depths = depths(names.size());
    int step = names.isEmpty() ? 1 : 1 + (LABEL.getSize() + 1) * names.size() / PLOT_WIDTH;
    for (int k = 0; k < names.size(); k += step) {
      text.risingUpTo(names.get(k), depths[k] + HALF_LETTER, end() + GAP);
    }
    if (names.isEmpty()) {
      text.from("input", LEFT, end() + GAP + LABEL.getSize());
      text.upTo("output", LEFT + PLOT_WIDTH, end() + GAP + LABEL.getSize());
    }
  }

  /** All bands first, so that none lies on a line. */
  private void paintCurves(CurvePainter painter) {
    List<MatchedCurve> curves = panel.curves();
    for (MatchedCurve curve : curves) {
      LineStyle style = styles.get(curve.checkpoint());
      painter.paintBand(curve, depths(curve.layers().size()), style, curves.size());
    }
    for (MatchedCurve curve : curves) {
      painter.paintLine(curve, depths(curve.layers().size()), styles.get(curve.checkpoint()));
    }
  }

  private void paintLegend(Graphics2D g, CurvePainter painter) {
    TextPainter text = new TextPainter(g, TEXT, INK);
    TextPainter quiet = new TextPainter(g, TEXT, QUIET);
    double y = legend;
    for (MatchedCurve curve : panel.curves()) {
      String name = curve.checkpoint();
      painter.sample(LEFT, LEFT + SAMPLE, y, styles.get(name));
      text.from(name, LEFT + SAMPLE + GAP, y + HALF_LETTER);
      double after = LEFT + SAMPLE + 3 * GAP + TextPainter.width(name, TEXT);
      quiet.from(Tags.line(findings, name), after, y + HALF_LETTER);
      y += LEGEND_LINE;
    }
  }

  /** Where so many layers lie between the left and the right of the chart. */
  private static double[] depths(int layers) {
    double[] depths = new double[layers];
    for (int k = 0; k < layers; k++) {
      depths[k] = LEFT + PLOT_WIDTH * (layers == 1 ? 0.5 : (double) k / (layers - 1));
    }
    return depths;
  }

  private double y(double value) {
    return end() - PLOT_HEIGHT * axis.place(value);
  }

  private static int end() {
    return MARGIN + TITLE + PLOT_HEIGHT;
  }

  /** Empty where the checkpoints have different layers. */
  private static List<String> sharedNames(MatchedLayers panel) {
    Set<List<String>> lists =
        panel.curves().stream().map(MatchedCurve::layers).collect(Collectors.toSet());
    return lists.size() == 1 ? lists.iterator().next() : List.of();
  }
}
