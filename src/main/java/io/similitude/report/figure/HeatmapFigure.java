package io.similitude.report.figure;

import io.similitude.analysis.Heatmap;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * A heatmap: cells in the colours of their measure, layer names on both axes, and a bar of colours.
 * Cells without a value are hatched, and the reasons are written below.
 */
public final class HeatmapFigure implements Figure {
  /**
   * The wanted size in pixels. Each cell gets so many pixels that viewers which smooth images do
   * not mix the colours of cells.
   */
  private static final int WANTED_PIXELS = 256;

  private static final int MOST_PIXELS_A_CELL = 8;

  private final Heatmap map;
  private final List<Integer> borders;
  private final FigureStyle style;
  private final ValueScale scale;
  private final List<Legend> legend;
  private final HeatmapLayout layout;
  private final HeatmapFrame frame;

  /** A heatmap without borders. */
  public HeatmapFigure(Heatmap map, FigureStyle style) {
    this(map, List.of(), style);
  }

  /**
   * A heatmap.
   *
   * @param borders numbers of layers before which a line is drawn, both ways
   */
  public HeatmapFigure(Heatmap map, List<Integer> borders, FigureStyle style) {
    this.map = map;
    this.borders = List.copyOf(borders);
    this.style = style;
    this.scale = ValueScale.of(map.measure());
    this.legend = Legend.of(map, borders);
    HeatmapLayout least = HeatmapLayout.of(map.rowLayers(), map.columnLayers(), true, style);
    this.layout = style.isForPrint() ? least : least.widened(widestText(least));
    this.frame = new HeatmapFrame(map.rowLayers(), map.columnLayers(), scale, style, layout);
  }

  @Override
  public double width() {
    return layout.width();
  }

  @Override
  public double height() {
    return Math.ceil(layout.axisEnd() + legendLine() * legend.size() + style.margin());
  }

  @Override
  public String description() {
    return map.measure().title() + ": " + heading();
  }

  @Override
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>(frame.layers());
    if (legend.stream().noneMatch(line -> line.sample() == Legend.Sample.HATCHED)) {
      // Nobody would see it, and it takes a fifth of the time of a figure.
      layers.removeIf(layer -> layer.name().equals(HeatmapFrame.GROUND));
    }
    layers.add(new Layer("cells", this::paintCells));
    layers.add(new Layer("marks", this::paintMarks));
    if (!borders.isEmpty()) {
      layers.add(new Layer("borders", this::paintBorders));
    }
    layers.add(new Layer("titles", this::paintTitles));
    layers.add(new Layer("legend", this::paintLegend));
    return layers;
  }

  private double widestText(HeatmapLayout least) {
    double widest = 0;
    if (style.hasTitle()) {
      widest = TextPainter.width(heading(), style.heading());
      widest = Math.max(widest, TextPainter.width(subtitle(), style.subheading()));
    }
    double margins = 2 * style.margin();
    for (Legend line : legend) {
      double text = TextPainter.width(line.text(), style.fontSize());
      widest = Math.max(widest, least.left() + style.tenths(20) + text - style.margin());
    }
    return widest + margins;
  }

  private String heading() {
    return map.rows() + "  \u00d7  " + map.columns();
  }

  private String subtitle() {
    String way = map.measure().scale().isLargerMoreAlike() ? "" : "; 0 is the same";
    return map.measure().title() + way;
  }

  private void paintTitles(Graphics2D g) {
    double room = layout.width() - 2 * style.margin();
    if (style.hasTitle()) {
      double top = style.margin();
      new TextPainter(g, style.heading(), Typeface.INK)
          .fitting(heading(), room)
          .from(heading(), top, top + style.tenths(14));
      new TextPainter(g, style.subheading(), Typeface.QUIET)
          .fitting(subtitle(), room)
          .from(subtitle(), top, top + style.tenths(33));
    }
    TextPainter quiet = new TextPainter(g, style.subheading(), Typeface.QUIET);
    String rows = map.rows().toString();
    double left = style.margin() + style.tenths(10);
    if (TextPainter.width(rows, style.subheading()) <= layout.end() - layout.top()) {
      quiet.risingAround(rows, left, (layout.top() + layout.end()) / 2);
    }
    String columns = map.columns().toString();
    double middle = (layout.left() + layout.right()) / 2;
    quiet.around(columns, middle, layout.axisEnd() - style.tenths(6));
  }

  private void paintCells(Graphics2D g) {
    int wanted = WANTED_PIXELS / Math.max(layout.rows(), layout.columns());
    int side = Math.max(1, Math.min(MOST_PIXELS_A_CELL, wanted));
    BufferedImage image = CellImage.of(map, scale, side);
    AffineTransform place = AffineTransform.getTranslateInstance(layout.left(), layout.top());
    place.scale(layout.cell() / side, layout.cell() / side);
    CellImage.draw(g, image, place);
  }

  private void paintMarks(Graphics2D g) {
    CellMarks marks = CellMarks.of(map, scale, layout);
    paint(g, marks.below(), scale.markBelow());
    paint(g, marks.above(), scale.markAbove());
  }

  private void paintBorders(Graphics2D g) {
    Path2D lines = borderLines(borders, layout);
    g.setColor(Color.WHITE);
    g.setStroke(new BasicStroke(2.4f));
    g.draw(lines);
    g.setColor(Typeface.INK);
    g.setStroke(new BasicStroke(1));
    g.draw(lines);
  }

  /** The lines across all cells at the borders. */
  public static Path2D borderLines(List<Integer> borders, HeatmapLayout layout) {
    Path2D lines = new Path2D.Double();
    for (int border : borders) {
      lines.moveTo(layout.left(), layout.y(border));
      lines.lineTo(layout.right(), layout.y(border));
      lines.moveTo(layout.x(border), layout.top());
      lines.lineTo(layout.x(border), layout.end());
    }
    return lines;
  }

  private static void paint(Graphics2D g, Path2D path, Color colour) {
    if (path.getCurrentPoint() != null) {
      g.setColor(colour);
      g.setStroke(new BasicStroke(0.9f));
      g.draw(path);
    }
  }

  private double legendLine() {
    return style.tenths(18);
  }

  private void paintLegend(Graphics2D g) {
    double side = style.tenths(12);
    double left = style.isForPrint() ? style.margin() : layout.left();
    double y = layout.axisEnd();
    for (Legend line : legend) {
      Rectangle2D swatch = new Rectangle2D.Double(left, y, side, side);
      line.sample().paint(g, swatch, scale);
      g.setColor(HeatmapFrame.HATCH);
      g.setStroke(new BasicStroke(0.5f));
      g.draw(swatch);
      double start = left + side + style.tenths(7);
      new TextPainter(g, style.fontSize(), Typeface.INK)
          .fitting(line.text(), layout.width() - style.margin() - start)
          .from(line.text(), start, y + side / 2 + TextPainter.halfLetter(style.fontSize()));
      y += legendLine();
    }
  }
}
