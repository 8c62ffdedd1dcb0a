package io.similitude.report;

import io.similitude.analysis.ShownExample;
import io.similitude.dataset.image.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * An example's pixels as the data URI of a PNG, one pixel for each.
 *
 * <p>Three channels or more are shown as red, green and blue, fewer as the grey of the first.
 */
final class ExampleImage {
  /**
   * The largest factor. It enlarges one step of a byte, 1/255, to 1. Smaller changes cannot be seen
   * in any picture.
   */
  private static final double MAX_MAGNIFICATION = 255;

  private static final int RGB = 3;

  private ExampleImage() {}

  /** Gives the value of a pixel. Values between 0 and 1 are shown unchanged. */
  private interface Pixels {
    double at(int channel, int row, int column);
  }

  static String benign(ShownExample example) {
    return uri(example.shape(), example::benign);
  }

  static String perturbed(ShownExample example) {
    return uri(example.shape(), example::perturbed);
  }

  /** The image of 0.5 + factor (perturbed - benign). */
  static String perturbation(ShownExample example, double factor) {
    return uri(
        example.shape(),
        (c, i, j) -> 0.5 + factor * (example.perturbed(c, i, j) - example.benign(c, i, j)));
  }

  /**
   * The factor at which the largest change among the examples just reaches black or white. It is a
   * whole number from 1 on, or 0.5 if the changes are too large to be magnified.
   */
  static double magnification(List<ShownExample> examples) {
    double largest = examples.stream().mapToDouble(ShownExample::largestChange).max().orElse(0);
    double factor = Math.min(MAX_MAGNIFICATION, 0.5 / largest);
    return factor >= 1 ? Math.floor(factor) : 0.5;
  }

  private static String uri(ImageShape shape, Pixels pixels) {
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < shape.height(); i++) {
      for (int j = 0; j < shape.width(); j++) {
        image.setRGB(j, i, colour(shape, pixels, i, j));
      }
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(image));
  }

  private static int colour(ImageShape shape, Pixels pixels, int row, int column) {
    int colour = 0;
    for (int c = 0; c < RGB; c++) {
      double value = pixels.at(shape.channels() < RGB ? 0 : c, row, column);
      colour = (colour << 8) | (int) Math.round(255 * Math.max(0, Math.min(1, value)));
    }
    return colour;
  }

  private static byte[] png(BufferedImage image) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
