package io.similitude.report.figure;

import java.awt.Graphics2D;

/**
 * The layout of a chart that has one row for each thing, and an axis under the rows. Sizes are in
 * points.
 *
 * @param rows how many rows there are
 * @param row the height of a row
 */
record RowLayout(FigureStyle style, int rows, double row) {
  private static final double WIDTH = 520;

  double width() {
    return style.isForPrint() ? style.width() : WIDTH;
  }

  /** The height of the whole chart. */
  double height() {
    return Math.ceil(bottom() + NumberLine.height(style) + style.margin());
  }

  /** Where a row begins. */
  double top(int index) {
    return style.margin() + style.titleHeight() + row * index;
  }

  /** Where the last row ends. */
  double bottom() {
    return top(rows);
  }

  /** Paints an axis behind the rows and under them. */
  void paintAxis(Graphics2D g, NumberLine line, String unit) {
    line.paint(g, top(0), bottom(), unit, style);
  }
}
