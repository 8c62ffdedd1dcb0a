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
  /** A whole step of a byte: what is smaller still cannot be seen in any picture. */
  private static final double MAX_MAGNIFICATION = 255;

  private static final int RGB = 3;

  private ExampleImage() {}

  /** The value of a pixel, shown as it is between 0 and 1. */
  private interface Pixels {
    double at(int channel, int row, int column);
  }

  static String benign(ShownExample example) {
    return uri(example.shape(), example::benign);
  }

  static String perturbed(ShownExample example) {
    return uri(example.shape(), example::perturbed);
  }

  /** 0.5 + factor (perturbed - benign). */
  static String perturbation(ShownExample example, double factor) {
    return uri(
        example.shape(),
        (c, i, j) -> 0.5 + factor * (example.perturbed(c, i, j) - example.benign(c, i, j)));
  }

  /**
   * The factor that lets the largest change among the examples just reach black or white: whole
   * from 1, and 0.5 for changes that leave no room to magnify.
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
