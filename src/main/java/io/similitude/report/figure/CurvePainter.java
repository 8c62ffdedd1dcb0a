package io.similitude.report.figure;

import io.similitude.similarity.measure.MeasureValue;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Paints a curve: a band of one standard error to either side, the line, and its markers. Missing
 * values leave gaps.
 */
public final class CurvePainter {
  private static final float WIDTH = 1.5f;
  private static final double MARKER = 3;
  private static final int BAND_ALPHA = 51;

  /** The number of bands that may overlap before they become fainter. */
  private static final int CLEAR_BANDS = 4;

  /** With this number of points or more, only some points have a marker. */
  private static final int MAX_MARKERS = 15;

  private final Graphics2D g;
  private final DoubleUnaryOperator x;
  private final DoubleUnaryOperator y;

  /**
   * @param x the horizontal position for a share of the way from left to right
   * @param y the vertical position of a value, downwards
   */
  public CurvePainter(Graphics2D g, DoubleUnaryOperator x, DoubleUnaryOperator y) {
    this.g = g;
    this.x = x;
    this.y = y;
  }

  /** Paints the band. It is fainter if many bands overlap. */
  public void paintBand(ChartLine line, int bands) {
    int alpha = BAND_ALPHA * CLEAR_BANDS / Math.max(CLEAR_BANDS, bands);
    g.setColor(line.style().translucent(alpha));
    g.fill(band(line));
  }

  public void paintLine(ChartLine line) {
    List<MeasureValue> points = line.points();
    g.setColor(line.style().colour());
    g.setStroke(line.style().stroke(WIDTH));
    g.draw(path(line));
    int step = 1 + points.size() / MAX_MARKERS;
    for (int k = 0; k < points.size(); k++) {
      if (points.get(k).value().isPresent() && isMarked(points, k, step)) {
        mark(x(line, k), y(points.get(k), 0), line.style());
      }
    }
  }

  /** A short horizontal line with a marker. */
  public void sample(double from, double to, double y, LineStyle style) {
    g.setColor(style.colour());
    g.setStroke(style.stroke(WIDTH));
    g.draw(new Line2D.Double(from, y, to, y));
    mark((from + to) / 2, y, style);
  }

  /** The runs of neighbouring points that have a value. */
  private static List<List<Integer>> runs(List<MeasureValue> points) {
    List<List<Integer>> runs = new ArrayList<>();
    for (int k = 0; k < points.size(); k++) {
      if (points.get(k).value().isEmpty()) {
        continue;
      }
      if (!hasValue(points, k - 1)) {
        runs.add(new ArrayList<>());
      }
      runs.get(runs.size() - 1).add(k);
    }
    return runs;
  }

  /**
   * Whether a point has a marker: points at a fixed distance, and single points that would
   * otherwise be invisible.
   */
  private static boolean isMarked(List<MeasureValue> points, int k, int step) {
    return k % step == 0
        || k == points.size() - 1
        || !(hasValue(points, k - 1) || hasValue(points, k + 1));
  }

  private static boolean hasValue(List<MeasureValue> points, int k) {
    return k >= 0 && k < points.size() && points.get(k).value().isPresent();
  }

  /** The line, without its markers. */
  public Path2D path(ChartLine line) {
    Path2D path = new Path2D.Double();
    for (List<Integer> run : runs(line.points())) {
      path.moveTo(x(line, run.get(0)), y(line.points().get(run.get(0)), 0));
      run.forEach(k -> path.lineTo(x(line, k), y(line.points().get(k), 0)));
    }
    return path;
  }

  public Path2D band(ChartLine line) {
    Path2D path = new Path2D.Double();
    for (List<Integer> run : runs(line.points())) {
      path.moveTo(x(line, run.get(0)), y(line.points().get(run.get(0)), 1));
      run.forEach(k -> path.lineTo(x(line, k), y(line.points().get(k), 1)));
      for (int i = run.size() - 1; i >= 0; i--) {
        path.lineTo(x(line, run.get(i)), y(line.points().get(run.get(i)), -1));
      }
      path.closePath();
    }
    return path;
  }

  private double x(ChartLine line, int k) {
    return x.applyAsDouble(line.x().get(k));
  }

  private double y(MeasureValue point, int errors) {
    return y.applyAsDouble(point.value().getAsDouble() + errors * point.standardError().orElse(0));
  }

  private void mark(double x, double y, LineStyle style) {
    Shape shape = style.marker().around(x, y, MARKER);
    g.setColor(style.colour());
    g.fill(shape);
    g.setColor(Color.WHITE);
    g.setStroke(new BasicStroke(0.6f));
    g.draw(shape);
  }
}
