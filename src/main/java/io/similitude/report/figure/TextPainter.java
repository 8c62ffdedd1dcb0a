package io.similitude.report.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.util.List;

/**
 * Writes lines of text, placed by their end, their middle or their beginning, horizontally or
 * upwards.
 */
final class TextPainter {
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private final Graphics2D g;
  private final double size;
  private final Color colour;

  /**
   * @param size in points
   */
  TextPainter(Graphics2D g, double size, Color colour) {
    this.g = g;
    this.size = size;
    this.colour = colour;
  }

  static double width(String text, double size) {
    return Typeface.of(text, size).getStringBounds(text, CONTEXT).getWidth();
  }

  /** The width of the longest of some texts. */
  static double widest(List<String> texts, double size) {
    return texts.stream().mapToDouble(text -> width(text, size)).max().orElse(0);
  }

  /** The distance from the middle of a line of text down to its base line. */
  static double halfLetter(double size) {
    return 0.355 * size;
  }

  /** The same painter with letters small enough for the text to fit. */
  TextPainter fitting(String text, double room) {
    double width = width(text, size);
    return width <= room ? this : new TextPainter(g, size * room / width, colour);
  }

  /** Writes a text on a base line from (x, y) to the right. */
  void from(String text, double x, double y) {
    g.setFont(Typeface.of(text, size));
    g.setColor(colour);
    g.drawString(text, (float) x, (float) y);
  }

  /** Writes a text on a base line that ends at (x, y). */
  void upTo(String text, double x, double y) {
    from(text, x - width(text, size), y);
  }

  /** Writes a text on a base line whose middle is (x, y). */
  void around(String text, double x, double y) {
    from(text, x - width(text, size) / 2, y);
  }

  /** Writes a text upwards, ending at (x, y). */
  void risingUpTo(String text, double x, double y) {
    rising(x, y, () -> upTo(text, x, y));
  }

  /** Writes a text upwards, with its middle at (x, y). */
  void risingAround(String text, double x, double y) {
    rising(x, y, () -> around(text, x, y));
  }

  private void rising(double x, double y, Runnable write) {
    AffineTransform before = g.getTransform();
    g.rotate(-Math.PI / 2, x, y);
    write.run();
    g.setTransform(before);
  }
}
