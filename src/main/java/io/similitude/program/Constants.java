package io.similitude.program;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.List;

/**
 * A number for each channel, written into the source.
 *
 * @param values rounded to float32, as PyTorch's {@code torch.tensor} rounds them
 */
public record Constants(List<Double> values) {
  public Constants {
    values = List.copyOf(values);
  }

  /** The values as the program has them. */
  public float[] floats() {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  /** A tensor that spreads over the images {@code {0}}, on their device; dtype 6 is float32. */
  public String expression() {
    String numbers =
        values.stream().map(BigDecimal::valueOf).map(Constants::written).collect(joining(", "));
    return "torch.reshape(torch.tensor([%s], dtype=6, device={0}.device), [1, %d, 1, 1])"
        .formatted(numbers, values.size());
  }

  /** Without an exponent, and with a point: a list of whole numbers would be another type. */
  private static String written(BigDecimal number) {
    return number.setScale(Math.max(1, number.scale())).toPlainString();
  }
}
