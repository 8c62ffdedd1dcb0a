package io.similitude.attack.unforeseen;

import io.similitude.attack.search.Rendering;
import io.similitude.dataset.image.ImageShape;
import java.util.List;

/**
 * Snow over an image. Seven kinds of flakes, each with its own shape, are on grids with a period of
 * 4 pixels: kinds 0 to 3 at rows 0, 4, ... and columns shifted by 0 to 3, kinds 4 to 6 at columns
 * 0, 4, ... and rows shifted by 1 to 3. A flake of brightness b adds epsilon b^4 times its shape to
 * every channel of a paler image: with Y the luminance,
 *
 * <pre>
 *   3/4 x + 1/4 max(x, 3/2 Y + 1/2) + epsilon snow,    in [0, 1]
 * </pre>
 *
 * <p>All constants are those of the code of Kang et al. (arXiv 1908.08016).
 */
public final class SnowRendering implements Rendering {
  public static final int KINDS = 7;

  private static final int PERIOD = 4;
  private static final double PALENESS = 0.25;
  private static final double[] LUMINANCE = {0.2126, 0.7152, 0.0722};

  private final ImageShape shape;
  private final float[] pale;
  private final float epsilon;
  private final List<Flake> flakes;

  /**
   * Snow of some shapes.
   *
   * @param flakes one for each kind
   */
  public SnowRendering(ImageShape shape, float[] pixels, float epsilon, List<Flake> flakes) {
    this.shape = shape;
    this.pale = pale(shape, pixels);
    this.epsilon = epsilon;
    this.flakes = List.copyOf(flakes);
  }

  /** The number of rows of the grid of each kind. */
  public int rows() {
    return (shape.height() + PERIOD - 1) / PERIOD;
  }

  public int columns() {
    return (shape.width() + PERIOD - 1) / PERIOD;
  }

  @Override
  public float[] image(float[] brightness) {
    return Rendering.clamp(sum(brightness));
  }

  @Override
  public float[] pullBack(float[] brightness, float[] imageGradient) {
    float[] passed = Rendering.throughClamp(sum(brightness), imageGradient);
    float[] bySnow = new float[shape.height() * shape.width()];
    for (int i = 0; i < passed.length; i++) {
      bySnow[i % bySnow.length] += epsilon * passed[i];
    }
    float[] gradient = new float[brightness.length];
    forEachPixel((flake, pixel, weight) -> gradient[flake] += weight * bySnow[pixel]);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= 4 * brightness[i] * brightness[i] * brightness[i];
    }
    return gradient;
  }

  private float[] sum(float[] brightness) {
    float[] snow = new float[shape.height() * shape.width()];
    forEachPixel(
        (flake, pixel, weight) -> {
          float square = brightness[flake] * brightness[flake];
          snow[pixel] += weight * square * square;
        });
    float[] sum = pale.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += epsilon * snow[i % snow.length];
    }
    return sum;
  }

  @FunctionalInterface
  private interface PixelVisitor {
    void visit(int flake, int pixel, float weight);
  }

  /** Visits every flake with every pixel under it. */
  private void forEachPixel(PixelVisitor visitor) {
    int flake = 0;
    for (int kind = 0; kind < KINDS; kind++) {
      int shiftX = kind < PERIOD ? kind : 0;
      int shiftY = kind < PERIOD ? 0 : kind - PERIOD + 1;
      for (int row = 0; row < rows(); row++) {
        for (int column = 0; column < columns(); column++) {
          under(flake, kind, row * PERIOD + shiftY, column * PERIOD + shiftX, visitor);
          flake++;
        }
      }
    }
  }

  /** Visits the pixels of a flake. Its middle may be beyond the image's last row or column. */
  private void under(int flake, int kind, int middleY, int middleX, PixelVisitor visitor) {
    int bottom = Math.min(shape.height() - 1, middleY + Flake.RADIUS);
    int right = Math.min(shape.width() - 1, middleX + Flake.RADIUS);
    for (int y = Math.max(0, middleY - Flake.RADIUS); y <= bottom; y++) {
      for (int x = Math.max(0, middleX - Flake.RADIUS); x <= right; x++) {
        float weight = flakes.get(kind).at(y - middleY, x - middleX);
        visitor.visit(flake, y * shape.width() + x, weight);
      }
    }
  }

  private static float[] pale(ImageShape shape, float[] pixels) {
    int plane = shape.height() * shape.width();
    float[] pale = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      double light = 1.5 * luminance(shape, pixels, i % plane) + 0.5;
      pale[i] = (float) ((1 - PALENESS) * pixels[i] + PALENESS * Math.max(pixels[i], light));
    }
    return pale;
  }

  /**
   * The luminance of a pixel: three channels count as colours. For any other number it is the mean
   * of the channels.
   */
  private static double luminance(ImageShape shape, float[] pixels, int pixel) {
    int plane = shape.height() * shape.width();
    int channels = shape.channels();
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      double weight = channels == LUMINANCE.length ? LUMINANCE[channel] : 1.0 / channels;
      sum += weight * pixels[channel * plane + pixel];
    }
    return sum;
  }
}
