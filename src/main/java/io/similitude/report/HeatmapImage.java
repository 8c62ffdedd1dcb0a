package io.similitude.report;

import static io.similitude.report.Picture.HALF_LETTER;
import static io.similitude.report.Picture.HEADING;
import static io.similitude.report.Picture.INK;
import static io.similitude.report.Picture.LABEL;
import static io.similitude.report.Picture.MARGIN;
import static io.similitude.report.Picture.QUIET;
import static io.similitude.report.Picture.TEXT;

import io.similitude.analysis.Heatmap;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A heatmap as a picture: cells on the fixed scale from 0 to 1, layer names on both axes, a colour
 * bar; cells without a value hatched, with their reasons below.
 */
final class HeatmapImage {
  /** A cell has the side that lets the longer axis have this length, within these bounds. */
  private static final int WANTED_SIDE = 640;

  private static final int MIN_CELL = 3;
  private static final int MAX_CELL = 15;

  private static final int TITLE = 46;
  private static final int MIN_WIDTH = 420;
  private static final int GAP = 6;
  private static final int AXIS_TITLE = 20;
  private static final int BAR = 14;
  private static final int MIN_BAR = 80;
  private static final int BAR_LABELS = 30;
  private static final int LEGEND_LINE = 16;
  private static final int SWATCH = 11;

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
    this.left = MARGIN + AXIS_TITLE + Picture.widest(map.rowLayers()) + GAP;
    this.right = left + columns * cell;
    this.end = MARGIN + TITLE + rows * cell;
    this.axisEnd =
        Math.max(end + GAP + Picture.widest(map.columnLayers()), y(0) + barHeight() + GAP)
            + AXIS_TITLE;
  }

  static void write(Heatmap map, Path file) throws IOException {
    HeatmapImage image = new HeatmapImage(map);
    Picture.write(image.width(), image.height(), image::paint, file);
  }

  private int width() {
    double width = Math.max(right + 2 * MARGIN + BAR + BAR_LABELS, MIN_WIDTH);
    width = Math.max(width, 2 * MARGIN + TextPainter.width(heading(), HEADING));
    for (Legend line : legend) {
      double text = TextPainter.width(line.text(), LABEL);
      width = Math.max(width, left + SWATCH + GAP + text + MARGIN);
    }
    return (int) Math.ceil(width);
  }

  private int height() {
    return axisEnd + LEGEND_LINE * legend.size() + MARGIN;
  }

  private void paint(Graphics2D g) {
    paintTitles(g);
    paintCells(new CellPainter(g));
    paintLabels(new TextPainter(g, LABEL, INK));
    paintBar(g);
    paintLegend(g);
  }

  private void paintTitles(Graphics2D g) {
    new TextPainter(g, HEADING, INK).from(heading(), MARGIN, MARGIN + 12);
    TextPainter quiet = new TextPainter(g, TEXT, QUIET);
    quiet.from(map.measure().title(), MARGIN, MARGIN + 29);
    if (TextPainter.width(map.rows().toString(), TEXT) <= end - y(0)) {
      quiet.risingAround(map.rows().toString(), MARGIN + 9, (y(0) + end) / 2.0);
    }
    quiet.around(map.columns().toString(), (left + right) / 2.0, axisEnd - 5);
  }

  private String heading() {
    return map.rows() + "  \u00d7  " + map.columns();
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
    double height = barHeight();
    double line = 1.0 / Picture.PIXELS_A_POINT;
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

  private int barHeight() {
    return Math.max(end - y(0), MIN_BAR);
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
}
