package io.similitude.report.figure;

import java.util.List;

/**
 * The positions of the parts of a heatmap.
 *
 * @param left of the cells
 * @param top of the cells
 * @param cell the side of a cell
 * @param rows the number of rows of cells
 * @param columns the number of columns of cells
 * @param axisEnd the lower edge of the names along the columns, including the axis's title
 * @param width of the whole figure
 */
public record HeatmapLayout(
    double left, double top, double cell, int rows, int columns, double axisEnd, double width) {
  /**
   * The wanted length of the longer axis. The side of a cell is chosen to match it, within these
   * bounds.
   */
  private static final double WANTED_SIDE = 640;

  private static final double MIN_CELL = 3;
  private static final double MAX_CELL = 15;

  /** The least side of a cell if the width is given. */
  private static final double LEAST_CELL = 0.25;

  private static final double MIN_BAR = 80;

  public static HeatmapLayout of(
      List<String> rowLayers, List<String> columnLayers, boolean hasAxisTitles, FigureStyle style) {
    int rows = rowLayers.size();
    int columns = columnLayers.size();
    double size = style.fontSize();
    double axisTitle = hasAxisTitles ? style.tenths(22) : 0;
    double gap = style.tenths(7);
    double left =
        style.margin() + axisTitle + TextPainter.widest(style.names(rowLayers).names(), size) + gap;
    double right = barRoom(style) + style.margin();
    double top = style.margin() + style.titleHeight();
    double cell =
        style.isForPrint()
            ? Math.max(LEAST_CELL, Math.min(MAX_CELL, (style.width() - left - right) / columns))
            : Math.max(
                MIN_CELL, Math.min(MAX_CELL, Math.floor(WANTED_SIDE / Math.max(rows, columns))));
    double names = TextPainter.widest(style.names(columnLayers).names(), size);
    double end =
        Math.max(top + rows * cell + gap + names, top + Math.max(rows * cell, bar(style)) + gap);
    double width = style.isForPrint() ? style.width() : left + columns * cell + right;
    return new HeatmapLayout(left, top, cell, rows, columns, end + axisTitle, width);
  }

  public HeatmapLayout widened(double least) {
    return new HeatmapLayout(
        left, top, cell, rows, columns, axisEnd, Math.max(width, Math.ceil(least)));
  }

  public double x(double column) {
    return left + column * cell;
  }

  public double y(double row) {
    return top + row * cell;
  }

  public double right() {
    return x(columns);
  }

  public double end() {
    return y(rows);
  }

  public double barHeight(FigureStyle style) {
    return Math.max(end() - top, bar(style));
  }

  private static double bar(FigureStyle style) {
    return style.isForPrint() ? style.tenths(60) : MIN_BAR;
  }

  /** The width of the gap before the bar, the bar, and its numbers. */
  private static double barRoom(FigureStyle style) {
    return style.tenths(16 + 14 + 8) + TextPainter.width("0.0", style.fontSize());
  }
}
