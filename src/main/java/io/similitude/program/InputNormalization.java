package io.similitude.program;

import static java.util.stream.Collectors.joining;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.match.NormalizationBuffers;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import java.math.BigDecimal;
import java.util.List;

/**
 * The first step of a program on its images: (x - mean) / std for each channel. The numbers are in
 * its source.
 *
 * @param normalization the numbers, or none
 */
public record InputNormalization(Normalization normalization) {
  /** Pixels are not changed. */
  public static final InputNormalization NONE = new InputNormalization(Normalization.NONE);

  /**
   * The normalisation of a network, for images of a shape.
   *
   * @throws InputException if it does not have one number for each channel
   */
  public static InputNormalization of(NetworkSpec network, ImageShape images) {
    Normalization normalization = network.normalization();
    if (!normalization.isNone() && normalization.mean().size() != images.channels()) {
      throw new InputException(
          "Invalid normalize of network %s: %s (must have %d numbers, one for each channel)"
              .formatted(network.name(), normalization.mean(), images.channels()));
    }
    return new InputNormalization(normalization);
  }

  public boolean isNone() {
    return normalization.isNone();
  }

  /** The normalised images, as TorchScript. */
  public String of(String images) {
    return isNone()
        ? images
        : "torch.div(torch.sub(%s, %s), %s)"
            .formatted(
                images, tensor(normalization.mean(), images), tensor(normalization.std(), images));
  }

  /** The tensors of the normalisation that a checkpoint may hold besides the weights. */
  public List<ExpectedTensor> expected() {
    return isNone()
        ? List.of()
        : NormalizationBuffers.expected(floats(normalization.mean()), floats(normalization.std()));
  }

  /** The values rounded to float32, as PyTorch's {@code torch.tensor} rounds them. */
  private static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  /** A tensor that broadcasts over the images, on their device; dtype 6 is float32. */
  private static String tensor(List<Double> values, String images) {
    String numbers =
        values.stream()
            .map(BigDecimal::valueOf)
            .map(InputNormalization::written)
            .collect(joining(", "));
    return "torch.reshape(torch.tensor([%s], dtype=6, device=%s.device), [1, %d, 1, 1])"
        .formatted(numbers, images, values.size());
  }

  /**
   * The number without an exponent and with a point. A list of integers would have another type.
   */
  private static String written(BigDecimal number) {
    return number.setScale(Math.max(1, number.scale())).toPlainString();
  }
}
