package io.similitude.report;

import io.similitude.analysis.Heatmap;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A heatmap as a picture: cells on the fixed scale from 0 to 1, layer names on both axes, a colour
 * bar; cells without a value hatched, with their reasons below.
 *
 * <p>Lengths are in points; the picture has two pixels for each, so that it prints well.
 */
final class HeatmapImage {
  private static final int PIXELS_A_POINT = 2;

  /** A cell has the side that lets the longer axis have this length, within these bounds. */
  private static final int WANTED_SIDE = 640;

  private static final int MIN_CELL = 3;
  private static final int MAX_CELL = 15;

  private static final int MARGIN = 18;
  private static final int TITLE = 46;
  private static final int MIN_WIDTH = 420;
  private static final int GAP = 6;
  private static final int AXIS_TITLE = 20;
  private static final int BAR = 14;
  private static final int BAR_LABELS = 30;
  private static final int LEGEND_LINE = 16;
  private static final int SWATCH = 11;

  /** From the middle of a line of small text down to its base line. */
  private static final double HALF_LETTER = 3.2;

  private static final Color INK = new Color(0x22262b);
  private static final Color QUIET = new Color(0x5c666f);
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 9);
  private static final Font AXIS = LABEL.deriveFont(10.5f);
  private static final Font HEADING = LABEL.deriveFont(Font.BOLD, 14f);
  private static final String[] TICKS = {"0", "0.2", "0.4", "0.6", "0.8", "1"};

  private final Heatmap map;
  private final List<Legend> legend;
  private final int cell;
  private final int left;
  private final int right;
  private final int end;
  private final int axisEnd;

  private HeatmapImage(Heatmap map) {
    int rows = map.rowLayers().size();
    int columns = map.columnLayers().size();
    this.map = map;
    this.legend = Legend.of(map);
    this.cell = Math.max(MIN_CELL, Math.min(MAX_CELL, WANTED_SIDE / Math.max(rows, columns)));
    this.left = MARGIN + AXIS_TITLE + widest(map.rowLayers()) + GAP;
    this.right = left + columns * cell;
    this.end = MARGIN + TITLE + rows * cell;
    this.axisEnd = end + GAP + widest(map.columnLayers()) + AXIS_TITLE;
  }

  static void write(Heatmap map, Path file) throws IOException {
    ImageIO.write(new HeatmapImage(map).image(), "png", file.toFile());
  }

  private BufferedImage image() {
    int width = Math.max(right + 2 * MARGIN + BAR + BAR_LABELS, MIN_WIDTH);
    int height = axisEnd + LEGEND_LINE * legend.size() + MARGIN;
    BufferedImage image =
        new BufferedImage(
            width * PIXELS_A_POINT, height * PIXELS_A_POINT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      paint(g, new Rectangle(width, height));
    } finally {
      g.dispose();
    }
    return image;
  }

  private void paint(Graphics2D g, Rectangle page) {
    g.scale(PIXELS_A_POINT, PIXELS_A_POINT);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setColor(Color.WHITE);
    g.fill(page);
    paintTitles(g);
    paintCells(new CellPainter(g));
    paintLabels(new TextPainter(g, LABEL, INK));
    paintBar(g);
    paintLegend(g);
  }

  private void paintTitles(Graphics2D g) {
    new TextPainter(g, HEADING, INK)
        .from(map.rows() + "  \u00d7  " + map.columns(), MARGIN, MARGIN + 12);
    TextPainter quiet = new TextPainter(g, AXIS, QUIET);
    quiet.from(map.measure().title(), MARGIN, MARGIN + 29);
    quiet.risingAround(map.rows().toString(), MARGIN + 9, (y(0) + end) / 2.0);
    quiet.around(map.columns().toString(), (left + right) / 2.0, axisEnd - 5);
  }

  private void paintCells(CellPainter painter) {
    for (int i = 0; i < map.rowLayers().size(); i++) {
      for (int j = 0; j < map.columnLayers().size(); j++) {
        painter.paint(map.cell(i, j), new Rectangle(x(j), y(i), cell, cell));
      }
    }
  }

  /** Every layer where names fit, else every second, third, ... one. */
  private void paintLabels(TextPainter text) {
    int step = (LABEL.getSize() + cell - 1) / cell;
    double middle = cell / 2.0 + HALF_LETTER;
    for (int i = 0; i < map.rowLayers().size(); i += step) {
      text.upTo(map.rowLayers().get(i), left - GAP, y(i) + middle);
    }
    for (int j = 0; j < map.columnLayers().size(); j += step) {
      text.risingUpTo(map.columnLayers().get(j), x(j) + middle, end + GAP);
    }
  }

  private void paintBar(Graphics2D g) {
    int x = right + MARGIN;
    double height = Math.max(end - y(0), 80);
    double line = 1.0 / PIXELS_A_POINT;
    for (double y = 0; y < height; y += line) {
      g.setColor(ColourMap.of(1 - (y + line / 2) / height));
      g.fill(new Rectangle2D.Double(x, y(0) + y, BAR, line));
    }
    TextPainter text = new TextPainter(g, LABEL, INK);
    g.setStroke(new BasicStroke(0.75f));
    for (int k = 0; k < TICKS.length; k++) {
      double y = y(0) + height * (1 - k / (TICKS.length - 1.0));
      text.from(TICKS[k], x + BAR + GAP, y + HALF_LETTER);
      g.draw(new Line2D.Double(x + BAR, y, x + BAR + 3, y));
    }
  }

  private void paintLegend(Graphics2D g) {
    CellPainter painter = new CellPainter(g);
    TextPainter text = new TextPainter(g, LABEL, INK);
    int y = axisEnd;
    for (Legend line : legend) {
      Rectangle swatch = new Rectangle(left, y, SWATCH, SWATCH);
      painter.paint(line.sample(), swatch);
      g.setColor(CellPainter.HATCH);
      g.setStroke(new BasicStroke(0.5f));
      g.draw(swatch);
      text.from(line.text(), left + SWATCH + GAP, y + SWATCH / 2.0 + HALF_LETTER);
      y += LEGEND_LINE;
    }
  }

  private int x(int column) {
    return left + column * cell;
  }

  private int y(int row) {
    return MARGIN + TITLE + row * cell;
  }

  private static int widest(List<String> names) {
    double widest =
        names.stream().mapToDouble(name -> TextPainter.width(name, LABEL)).max().orElse(0);
    return (int) Math.ceil(widest);
  }
}
