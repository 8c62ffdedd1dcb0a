package io.similitude.report.figure;

import java.awt.Graphics2D;

/**
 * The text above a chart.
 *
 * @param heading what the chart shows
 * @param subtitle how it was measured
 */
public record ChartTitles(String heading, String subtitle) {
  void paint(Graphics2D g, double width, FigureStyle style) {
    if (style.hasTitle()) {
      double start = style.margin();
      double room = width - 2 * start;
      new TextPainter(g, style.heading(), Typeface.INK)
          .fitting(heading, room)
          .from(heading, start, start + style.tenths(14));
      new TextPainter(g, style.subheading(), Typeface.QUIET)
          .fitting(subtitle, room)
          .from(subtitle, start, start + style.tenths(33));
    }
  }
}
