package io.similitude.report.figure;

import io.similitude.analysis.Heatmap;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;

/**
 * The cells of a heatmap as an image. Each cell has the colour of its value. A cell without a value
 * is transparent.
 */
public final class CellImage {
  private static final int CLEAR = 255;

  private CellImage() {}

  /**
   * The cells, row by row.
   *
   * @param side of a cell in pixels
   */
  public static BufferedImage of(Heatmap map, ValueScale scale, int side) {
    int columns = map.columnLayers().size();
    int rows = map.rowLayers().size();
    BufferedImage image =
        new BufferedImage(
            columns * side, rows * side, BufferedImage.TYPE_BYTE_INDEXED, colours(scale));
    for (int y = 0; y < rows * side; y++) {
      for (int x = 0; x < columns * side; x++) {
        OptionalDouble value = map.cell(y / side, x / side).value();
        int colour = value.isPresent() ? scale.colour(value.getAsDouble()) : CLEAR;
        image.getRaster().setSample(x, y, 0, colour);
      }
    }
    return image;
  }

  /** All colours of a scale, one pixel wide, with the lower end at the bottom. */
  public static BufferedImage bar(ValueScale scale) {
    BufferedImage image =
        new BufferedImage(1, ColourMap.SIZE, BufferedImage.TYPE_BYTE_INDEXED, colours(scale));
    for (int y = 0; y < ColourMap.SIZE; y++) {
      double share = 1 - y / (ColourMap.SIZE - 1.0);
      double value = scale.low() + share * (scale.high() - scale.low());
      image.getRaster().setSample(0, y, 0, scale.colour(value));
    }
    return image;
  }

  /** Draws an image with sharp edges between the pixels. */
  public static void draw(Graphics2D g, BufferedImage image, AffineTransform place) {
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.drawImage(image, place, null);
  }

  /** The image as a PNG in base64. */
  public static String base64(RenderedImage image) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", out);
      return Base64.getEncoder().encodeToString(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All colours except one. The transparent cells use its place. */
  private static IndexColorModel colours(ValueScale scale) {
    int[] colours = new int[CLEAR + 1];
    for (int k = 0; k < CLEAR; k++) {
      colours[k] = scale.colourOf(k).getRGB();
    }
    return new IndexColorModel(8, colours.length, colours, 0, true, CLEAR, DataBuffer.TYPE_BYTE);
  }
}
