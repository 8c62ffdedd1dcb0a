package io.similitude.analysis;

import io.similitude.dataset.image.ImageShape;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * An example before and after an attack, with the checkpoint's predictions. Immutable. Pixels
 * should be in [0, 1]. Values outside are clipped when shown. Two examples are equal only if they
 * are the same object.
 */
public final class ShownExample {
  private final long exampleId;
  private final OptionalInt label;
  private final int predictedBenign;
  private final int predicted;
  private final ImageShape shape;
  private final float[] benign;
  private final float[] perturbed;

  /**
   * @param exampleId its index in the data set
   * @param label its class; empty if the data set has no labels
   * @param predictedBenign the checkpoint's class for it without attack
   * @param predicted the checkpoint's class for it under the attack
   * @param benign its pixels without attack, channels x height x width, finite; copied
   * @param perturbed the same under the attack
   */
  public ShownExample(
      long exampleId,
      OptionalInt label,
      int predictedBenign,
      int predicted,
      ImageShape shape,
      float[] benign,
      float[] perturbed) {
    this.exampleId = exampleId;
    this.label = Objects.requireNonNull(label);
    this.predictedBenign = predictedBenign;
    this.predicted = predicted;
    this.shape = shape;
    this.benign = copied(exampleId, shape, benign);
    this.perturbed = copied(exampleId, shape, perturbed);
  }

  public long exampleId() {
    return exampleId;
  }

  public OptionalInt label() {
    return label;
  }

  public int predictedBenign() {
    return predictedBenign;
  }

  public int predicted() {
    return predicted;
  }

  public ImageShape shape() {
    return shape;
  }

  public float benign(int channel, int row, int column) {
    return benign[index(shape, channel, row, column)];
  }

  public float perturbed(int channel, int row, int column) {
    return perturbed[index(shape, channel, row, column)];
  }

  /** The largest change of a pixel, at least 0. */
  public float largestChange() {
    float largest = 0;
    for (int k = 0; k < benign.length; k++) {
      largest = Math.max(largest, Math.abs(perturbed[k] - benign[k]));
    }
    return largest;
  }

  /**
   * The images with only every k-th row and column. k is the smallest number that leaves no side
   * longer than {@code side} pixels. Pixels are left out, not averaged, because an average would
   * remove the perturbation.
   */
  ShownExample thinned(int side) {
    int step = ceilDiv(Math.max(shape.height(), shape.width()), side);
    if (step == 1) {
      return this;
    }
    ImageShape smaller =
        new ImageShape(
            shape.channels(), ceilDiv(shape.height(), step), ceilDiv(shape.width(), step));
    return new ShownExample(
        exampleId,
        label,
        predictedBenign,
        predicted,
        smaller,
        thinned(benign, smaller, step),
        thinned(perturbed, smaller, step));
  }

  private float[] thinned(float[] pixels, ImageShape smaller, int step) {
    float[] kept = new float[smaller.size()];
    for (int c = 0; c < smaller.channels(); c++) {
      for (int i = 0; i < smaller.height(); i++) {
        for (int j = 0; j < smaller.width(); j++) {
          kept[index(smaller, c, i, j)] = pixels[index(shape, c, i * step, j * step)];
        }
      }
    }
    return kept;
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static int index(ImageShape shape, int channel, int row, int column) {
    return (channel * shape.height() + row) * shape.width() + column;
  }

  private static float[] copied(long exampleId, ImageShape shape, float[] pixels) {
    if (pixels.length != shape.size()) {
      throw new IllegalArgumentException(
          "Invalid image of example %d: %d pixels (must be %s)"
              .formatted(exampleId, pixels.length, shape));
    }
    for (float pixel : pixels) {
      if (!Float.isFinite(pixel)) {
        throw new IllegalArgumentException(
            "Invalid image of example %d: pixel %s (must be finite)".formatted(exampleId, pixel));
      }
    }
    return pixels.clone();
  }
}
