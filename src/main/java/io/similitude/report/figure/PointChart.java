package io.similitude.report.figure;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Named points in the plane, each in an ellipse of one standard error. Both axes have the same
 * scale.
 *
 * @param titles what the chart shows
 * @param points in the order of the spec
 */
public record PointChart(ChartTitles titles, List<Point> points, FigureStyle style)
    implements Figure {
  private static final double WIDTH = 520;
  private static final double MARKER = 4;

  /** The largest height, relative to the width. */
  private static final double MOST_HEIGHT = 0.9;

  /** The space around all points, relative to the larger extent. */
  private static final double ROOM = 0.12;

  /**
   * A point.
   *
   * @param name the name next to it
   * @param xError half of the width of its ellipse; 0 if there is none
   * @param yError half of the height of its ellipse
   */
  public record Point(
      String name, LineStyle style, double x, double y, double xError, double yError) {}

  public PointChart {
    points = List.copyOf(points);
  }

  @Override
  public double width() {
    return style.isForPrint() ? style.width() : WIDTH;
  }

  @Override
  public double height() {
    return Math.ceil(bottom() + style.tenths(22) + style.margin());
  }

  @Override
  public String description() {
    return titles.heading() + "; " + titles.subtitle() + "; points: " + points.size();
  }

  @Override
  public List<Layer> layers() {
    return List.of(
        new Layer("titles", g -> titles.paint(g, width(), style)),
        new Layer("axes", this::paintFrame),
        new Layer("points", this::paintPoints));
  }

  private double left() {
    return style.margin();
  }

  private double top() {
    return style.margin() + style.titleHeight();
  }

  private double side() {
    return width() - 2 * style.margin();
  }

  private double bottom() {
    double wanted = side() * (extent(false) + 2 * room()) / (extent(true) + 2 * room());
    return top() + Math.max(side() / 3, Math.min(MOST_HEIGHT * side(), wanted));
  }

  private double extent(boolean isAcross) {
    return highest(isAcross) - lowest(isAcross);
  }

  private double lowest(boolean isAcross) {
    return points.stream()
        .mapToDouble(it -> isAcross ? it.x - it.xError : it.y - it.yError)
        .min()
        .orElse(0);
  }

  private double highest(boolean isAcross) {
    return points.stream()
        .mapToDouble(it -> isAcross ? it.x + it.xError : it.y + it.yError)
        .max()
        .orElse(1);
  }

  private double room() {
    return ROOM * Math.max(1e-12, Math.max(extent(true), extent(false)));
  }

  /** The number of points (of length) for each unit. */
  private double scale() {
    double across = side() / (extent(true) + 2 * room());
    double up = (bottom() - top()) / (extent(false) + 2 * room());
    return Math.min(across, up);
  }

  private double x(double value) {
    double middle = (lowest(true) + highest(true)) / 2;
    return left() + side() / 2 + scale() * (value - middle);
  }

  private double y(double value) {
    double middle = (lowest(false) + highest(false)) / 2;
    return (top() + bottom()) / 2 - scale() * (value - middle);
  }

  /** Paints the frame. A ruler shows the length of one step. */
  private void paintFrame(Graphics2D g) {
    g.setColor(Typeface.RULE);
    g.setStroke(new BasicStroke(0.75f));
    g.draw(new Rectangle2D.Double(left(), top(), side(), bottom() - top()));
    double step = ValueAxis.around(DoubleStream.of(0, extent(true))).step();
    double length = scale() * step;
    double y = bottom() + style.tenths(6);
    g.setColor(Typeface.QUIET);
    g.fill(new Rectangle2D.Double(left(), y, length, style.tenths(2)));
    String label = new ValueAxis.Tick(step, step).label();
    new TextPainter(g, style.fontSize(), Typeface.QUIET)
        .from("distance " + label, left() + length + style.tenths(6), y + style.tenths(6));
  }

  private void paintPoints(Graphics2D g) {
    for (Point point : points) {
      double across = scale() * point.xError;
      double up = scale() * point.yError;
      g.setColor(point.style.translucent(60));
      g.fill(new Ellipse2D.Double(x(point.x) - across, y(point.y) - up, 2 * across, 2 * up));
    }
    List<Rectangle2D> taken = new ArrayList<>();
    for (Point point : points) {
      g.setColor(point.style.colour());
      g.fill(point.style.marker().around(x(point.x), y(point.y), MARKER));
      taken.add(box(x(point.x) - MARKER, y(point.y) + MARKER, 2 * MARKER, 2 * MARKER));
    }
    points.forEach(it -> paintName(g, it, taken));
  }

  /** Paints a name next to its point, above or below, at a free place. */
  private void paintName(Graphics2D g, Point point, List<Rectangle2D> taken) {
    double size = style.fontSize();
    double length = TextPainter.width(point.name, size);
    double half = TextPainter.halfLetter(size);
    double gap = MARKER + style.tenths(4);
    double x = x(point.x);
    double y = y(point.y);
    List<double[]> places =
        List.of(
            new double[] {x + gap, y + half},
            new double[] {x - gap - length, y + half},
            new double[] {x - length / 2, y - gap},
            new double[] {x - length / 2, y + gap + size});
    double[] chosen =
        places.stream()
            .filter(it -> isFree(box(it[0], it[1], length, size), taken))
            .findFirst()
            .orElse(places.get(0));
    taken.add(box(chosen[0], chosen[1], length, size));
    new TextPainter(g, size, Typeface.INK).from(point.name, chosen[0], chosen[1]);
  }

  private boolean isFree(Rectangle2D place, List<Rectangle2D> taken) {
    boolean isInside = place.getMinX() >= left() && place.getMaxX() <= left() + side();
    return isInside && taken.stream().noneMatch(place::intersects);
  }

  private static Rectangle2D box(double x, double base, double width, double height) {
    return new Rectangle2D.Double(x, base - height, width, height);
  }
}
