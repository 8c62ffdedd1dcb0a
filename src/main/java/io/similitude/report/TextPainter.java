package io.similitude.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;

/** Writes lines of text by their end, their middle or their beginning, level or rising. */
final class TextPainter {
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private final Graphics2D g;
  private final Font font;
  private final Color colour;

  TextPainter(Graphics2D g, Font font, Color colour) {
    this.g = g;
    this.font = font;
    this.colour = colour;
  }

  static double width(String text, Font font) {
    return font.getStringBounds(text, CONTEXT).getWidth();
  }

  /** On a base line from (x, y) to the right. */
  void from(String text, double x, double y) {
    g.setFont(font);
    g.setColor(colour);
    g.drawString(text, (float) x, (float) y);
  }

  /** On a base line that ends at (x, y). */
  void upTo(String text, double x, double y) {
    from(text, x - width(text, font), y);
  }

  /** On a base line whose middle is (x, y). */
  void around(String text, double x, double y) {
    from(text, x - width(text, font) / 2, y);
  }

  /** From below up to (x, y). */
  void risingUpTo(String text, double x, double y) {
    rising(x, y, () -> upTo(text, x, y));
  }

  /** From below to above, with its middle at (x, y). */
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
