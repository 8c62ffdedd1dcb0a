package io.similitude.report;

import io.similitude.analysis.MatchedCurve;
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
 * Paints a curve: a band of one standard error to either side, the line, its markers; with gaps
 * where there is no value.
 */
final class CurvePainter {
  private static final float WIDTH = 1.5f;
  private static final double MARKER = 3;
  private static final int BAND_ALPHA = 51;

  /** As many may overlap before they are made fainter. */
  private static final int CLEAR_BANDS = 4;

  /** So many points and more have a marker on some only. */
  private static final int MAX_MARKERS = 15;

  private final Graphics2D g;
  private final DoubleUnaryOperator y;

  /**
   * @param y where a value lies, downwards
   */
  CurvePainter(Graphics2D g, DoubleUnaryOperator y) {
    this.g = g;
    this.y = y;
  }

  /** Fainter where many bands overlap. */
  void paintBand(MatchedCurve curve, double[] x, LineStyle style, int bands) {
    List<MeasureValue> points = curve.similarities();
    g.setColor(style.translucent(BAND_ALPHA * CLEAR_BANDS / Math.max(CLEAR_BANDS, bands)));
    runs(points).forEach(run -> g.fill(band(points, run, x)));
  }

  void paintLine(MatchedCurve curve, double[] x, LineStyle style) {
    List<MeasureValue> points = curve.similarities();
    g.setColor(style.colour());
    g.setStroke(style.stroke(WIDTH));
    runs(points).forEach(run -> g.draw(line(points, run, x)));
    int step = 1 + points.size() / MAX_MARKERS;
    for (int k = 0; k < points.size(); k++) {
      if (points.get(k).value().isPresent() && isMarked(points, k, step)) {
        mark(x[k], y(points.get(k), 0), style);
      }
    }
  }

  /** A short level line with a marker. */
  void sample(double from, double to, double y, LineStyle style) {
    g.setColor(style.colour());
    g.setStroke(style.stroke(WIDTH));
    g.draw(new Line2D.Double(from, y, to, y));
    mark((from + to) / 2, y, style);
  }

  /** Stretches of neighbours that have a value. */
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

  /** Every so many, and what stands alone and would not be seen otherwise. */
  private static boolean isMarked(List<MeasureValue> points, int k, int step) {
    return k % step == 0
        || k == points.size() - 1
        || !(hasValue(points, k - 1) || hasValue(points, k + 1));
  }

  private static boolean hasValue(List<MeasureValue> points, int k) {
    return k >= 0 && k < points.size() && points.get(k).value().isPresent();
  }

  private Shape line(List<MeasureValue> points, List<Integer> run, double[] x) {
    Path2D path = new Path2D.Double();
    path.moveTo(x[run.get(0)], y(points.get(run.get(0)), 0));
    run.forEach(k -> path.lineTo(x[k], y(points.get(k), 0)));
    return path;
  }

  private Shape band(List<MeasureValue> points, List<Integer> run, double[] x) {
    Path2D path = new Path2D.Double();
    path.moveTo(x[run.get(0)], y(points.get(run.get(0)), 1));
    run.forEach(k -> path.lineTo(x[k], y(points.get(k), 1)));
    for (int i = run.size() - 1; i >= 0; i--) {
      path.lineTo(x[run.get(i)], y(points.get(run.get(i)), -1));
    }
    path.closePath();
    return path;
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
