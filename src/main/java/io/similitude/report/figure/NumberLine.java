package io.similitude.report.figure;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;

/**
 * An axis of numbers along the bottom of a chart, with vertical lines through the chart.
 *
 * @param axis the axis of numbers
 * @param left the left end
 * @param right the right end
 */
record NumberLine(ValueAxis axis, double left, double right) {
  double x(double value) {
    return left + (right - left) * axis.place(value);
  }

  /** Paints ticks below the end of the chart, and the title below them. */
  void paint(Graphics2D g, double top, double end, String title, FigureStyle style) {
    TextPainter text = new TextPainter(g, style.fontSize(), Typeface.INK);
    g.setStroke(new BasicStroke(0.75f));
    for (ValueAxis.Tick tick : axis.ticks()) {
      double x = x(tick.value());
      g.setColor(Typeface.RULE);
      g.draw(new Line2D.Double(x, top, x, end));
      text.around(tick.label(), x, end + style.tenths(6) + style.fontSize());
    }
    new TextPainter(g, style.subheading(), Typeface.QUIET)
        .around(title, (left + right) / 2, end + height(style) - style.tenths(2));
  }

  static double height(FigureStyle style) {
    return style.tenths(8) + style.fontSize() + style.tenths(18);
  }
}
