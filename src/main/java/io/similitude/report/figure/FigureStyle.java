package io.similitude.report.figure;

import io.similitude.spec.FigureSpec;
import java.util.List;

/**
 * How figures look. Lengths are in points.
 *
 * @param width of each figure; 0 if the figure determines it
 * @param fontSize of the smallest text
 * @param hasTitle whether it has a title at the top
 * @param ticks the labels along an axis of layers
 */
public record FigureStyle(double width, double fontSize, boolean hasTitle, FigureSpec.Ticks ticks) {
  /**
   * The widths of one column (84 mm) and of two columns (174 mm) of a paper, as usual in journals.
   */
  private static final List<Double> COLUMN_WIDTHS = List.of(0.0, 238.0, 493.0);

  private static final double SCREEN = 2;

  /** The pixels for each point in print: 300 dots for each inch of 72 points. */
  private static final double PRINT = 300 / 72.0;

  public static FigureStyle of(FigureSpec spec) {
    return new FigureStyle(
        COLUMN_WIDTHS.get(spec.columns()), spec.fontSize(), spec.title(), spec.ticks());
  }

  /** The style for the page. The page writes the titles itself. */
  public static FigureStyle ofPage() {
    return new FigureStyle(0, FigureSpec.DEFAULT_FONT_SIZE, false, FigureSpec.Ticks.LAYERS);
  }

  /** The same for a chart of this width. */
  public static FigureStyle ofPage(double width) {
    return new FigureStyle(width, FigureSpec.DEFAULT_FONT_SIZE, false, FigureSpec.Ticks.LAYERS);
  }

  public boolean isForPrint() {
    return width > 0;
  }

  public double pixelsAPoint() {
    return isForPrint() ? PRINT : SCREEN;
  }

  /** A length that scales with the size of the text: this number of tenths of the size. */
  public double tenths(double count) {
    return count * fontSize / 10;
  }

  public double margin() {
    return isForPrint() ? tenths(3) : tenths(20);
  }

  public double heading() {
    return 1.5 * fontSize;
  }

  public double subheading() {
    return 1.15 * fontSize;
  }

  /**
   * The space between the upper margin and the plot. Without a title it has room for the upper half
   * of the highest number of an axis.
   */
  public double titleHeight() {
    return hasTitle ? tenths(50) : tenths(2);
  }

  public TickNames names(List<String> layers) {
    return switch (ticks) {
      case LAYERS -> TickNames.ofLayers(layers);
      case SHORT -> TickNames.ofShortLayers(layers);
      case BLOCKS -> TickNames.ofBlocks(layers);
    };
  }
}
