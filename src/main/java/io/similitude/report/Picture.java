package io.similitude.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * What the pictures beside the page have in common: white paper, inks, fonts. Lengths are in
 * points; a picture has two pixels for each, so that it prints well.
 */
final class Picture {
  static final int PIXELS_A_POINT = 2;
  static final int MARGIN = 18;

  /** From the middle of a line of small text down to its base line. */
  static final double HALF_LETTER = 3.2;

  static final Color INK = new Color(0x22262b);
  static final Color QUIET = new Color(0x5c666f);
  static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 9);
  static final Font TEXT = LABEL.deriveFont(10.5f);
  static final Font HEADING = LABEL.deriveFont(Font.BOLD, 14f);

  private Picture() {}

  /** Writes a picture of this size as a PNG. */
  static void write(int width, int height, Consumer<Graphics2D> painter, Path file)
      throws IOException {
    BufferedImage image =
        new BufferedImage(
            width * PIXELS_A_POINT, height * PIXELS_A_POINT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      g.scale(PIXELS_A_POINT, PIXELS_A_POINT);
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      painter.accept(g);
    } finally {
      g.dispose();
    }
    ImageIO.write(image, "png", file.toFile());
  }

  /** The width of the longest of some labels. */
  static int widest(List<String> labels) {
    double widest =
        labels.stream().mapToDouble(label -> TextPainter.width(label, LABEL)).max().orElse(0);
    return (int) Math.ceil(widest);
  }
}
