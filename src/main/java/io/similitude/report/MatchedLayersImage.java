package io.similitude.report;

import io.similitude.analysis.Findings;
import io.similitude.analysis.MatchedCurve;
import io.similitude.analysis.MatchedLayers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/**
 * The curves of matched layers under one view as a picture: layers from left to right, their names
 * where all checkpoints have the same, similarities upwards, checkpoints with their tags below.
 *
 * <p>Lengths are in points; the picture has two pixels for each, so that it prints well.
 */
final class MatchedLayersImage {
  private static final int PIXELS_A_POINT = 2;
  private static final int MARGIN = 18;
  private static final int TITLE = 48;
  private static final int LEFT = MARGIN + 28;
  private static final int PLOT_WIDTH = 700;
  private static final int PLOT_HEIGHT = 300;
  private static final int GAP = 7;
  private static final int LEGEND_LINE = 17;
  private static final int SAMPLE = 40;

  /** From the middle of a line of small text down to its base line. */
  private static final double HALF_LETTER = 3.2;

  private static final Color INK = new Color(0x22262b);
  private static final Color QUIET = new Color(0x5c666f);
  private static final Color RULE = new Color(0xdfe3e6);
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 9);
  private static final Font TEXT = LABEL.deriveFont(10.5f);
  private static final Font HEADING = LABEL.deriveFont(Font.BOLD, 14f);

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
    this.legend = end() + 2 * GAP + Math.max(LABEL.getSize(), widest(names)) + LEGEND_LINE;
  }

  static void write(Findings findings, MatchedLayers panel, Path file) throws IOException {
    ImageIO.write(new MatchedLayersImage(findings, panel).image(), "png", file.toFile());
  }

  private BufferedImage image() {
    int width = LEFT + PLOT_WIDTH + 2 * MARGIN;
    int height = legend + LEGEND_LINE * panel.curves().size() + MARGIN / 2;
    BufferedImage image =
        new BufferedImage(
            width * PIXELS_A_POINT, height * PIXELS_A_POINT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      paint(g);
    } finally {
      g.dispose();
    }
    return image;
  }

  private void paint(Graphics2D g) {
    g.scale(PIXELS_A_POINT, PIXELS_A_POINT);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
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

  private static int widest(List<String> names) {
    double widest =
        names.stream().mapToDouble(name -> TextPainter.width(name, LABEL)).max().orElse(0);
    return (int) Math.ceil(widest);
  }
}
