package io.similitude.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * The parts that heatmaps of the same layers and the same scale share: the background, the names of
 * the layers and the bar of colours.
 */
public final class HeatmapFrame implements Figure {
  public static final Color HATCH = new Color(0x7d8790);

  /** The layer that is visible through cells without a value. */
  static final String GROUND = "ground";

  private static final double HATCH_STEP = 4;
  private static final double HATCH_WIDTH = 0.8;

  private final List<String> rowLayers;
  private final List<String> columnLayers;
  private final ValueScale scale;
  private final FigureStyle style;
  private final HeatmapLayout layout;

  public HeatmapFrame(
      List<String> rowLayers,
      List<String> columnLayers,
      ValueScale scale,
      FigureStyle style,
      HeatmapLayout layout) {
    this.rowLayers = rowLayers;
    this.columnLayers = columnLayers;
    this.scale = scale;
    this.style = style;
    this.layout = layout;
  }

  @Override
  public double width() {
    return layout.width();
  }

  @Override
  public double height() {
    return layout.axisEnd() + style.margin();
  }

  @Override
  public String description() {
    return "Heatmap of %d by %d layers".formatted(layout.rows(), layout.columns());
  }

  @Override
  public List<Layer> layers() {
    return List.of(
        new Layer(GROUND, g -> hatch(g, cells())),
        new Layer("names", this::paintNames),
        new Layer("bar", this::paintBar));
  }

  /** Paints the hatching that is visible through cells without a value, which are transparent. */
  public static void hatch(Graphics2D g, Rectangle2D place) {
    g.setColor(Color.WHITE);
    g.fill(place);
    g.setColor(HATCH);
    g.setStroke(new BasicStroke((float) HATCH_WIDTH));
    Path2D lines = new Path2D.Double();
    // The ends of the lines are as wide as the lines, so that they stay inside.
    double left = place.getX() + HATCH_WIDTH;
    double top = place.getY() + HATCH_WIDTH;
    double width = place.getWidth() - 2 * HATCH_WIDTH;
    double height = place.getHeight() - 2 * HATCH_WIDTH;
    for (double c = HATCH_STEP; c < width + height; c += HATCH_STEP) {
      double upper = Math.min(c, width);
      double lower = Math.min(c, height);
      lines.moveTo(left + upper, top + c - upper);
      lines.lineTo(left + c - lower, top + lower);
    }
    g.draw(lines);
  }

  private Rectangle2D cells() {
    return new Rectangle2D.Double(
        layout.left(), layout.top(), layout.right() - layout.left(), layout.end() - layout.top());
  }

  private void paintNames(Graphics2D g) {
    double size = style.fontSize();
    TextPainter text = new TextPainter(g, size, Typeface.INK);
    double half = TextPainter.halfLetter(size);
    double gap = style.tenths(7);
    TickNames rows = style.names(rowLayers);
    for (int k = 0; k < rows.names().size(); k += rows.step(layout.cell(), size)) {
      text.upTo(rows.names().get(k), layout.left() - gap, layout.y(rows.middle(k)) + half);
    }
    TickNames columns = style.names(columnLayers);
    for (int k = 0; k < columns.names().size(); k += columns.step(layout.cell(), size)) {
      text.risingUpTo(
          columns.names().get(k), layout.x(columns.middle(k)) + half, layout.end() + gap);
    }
    paintBorders(g, rows, columns);
  }

  /** Paints the borders between blocks, outside of the cells. */
  private void paintBorders(Graphics2D g, TickNames rows, TickNames columns) {
    if (rows.isOfLayers() && columns.isOfLayers()) {
      return;
    }
    double length = style.tenths(6);
    g.setColor(Typeface.QUIET);
    g.setStroke(new BasicStroke(0.5f));
    rows.first().stream()
        .map(layout::y)
        .forEach(y -> g.draw(new Line2D.Double(layout.left() - length, y, layout.left(), y)));
    columns.first().stream()
        .map(layout::x)
        .forEach(x -> g.draw(new Line2D.Double(x, layout.end(), x, layout.end() + length)));
  }

  private void paintBar(Graphics2D g) {
    double x = layout.right() + style.tenths(16);
    double width = style.tenths(14);
    double height = layout.barHeight(style);
    AffineTransform place = AffineTransform.getTranslateInstance(x, layout.top());
    place.scale(width, height / ColourMap.SIZE);
    CellImage.draw(g, CellImage.bar(scale), place);
    TextPainter text = new TextPainter(g, style.fontSize(), Typeface.INK);
    g.setStroke(new BasicStroke(0.75f));
    for (double tick : scale.ticks()) {
      double share = (tick - scale.low()) / (scale.high() - scale.low());
      double y = layout.top() + height * (1 - share);
      text.from(
          ValueScale.label(tick),
          x + width + style.tenths(6),
          y + TextPainter.halfLetter(style.fontSize()));
      g.draw(new Line2D.Double(x + width, y, x + width + style.tenths(3), y));
    }
  }
}
