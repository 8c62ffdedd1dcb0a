package io.similitude.program.architecture;

import io.similitude.program.Value;
import java.util.List;

/**
 * A pooling over space, with the module that computes it.
 *
 * @param type {@code MaxPool2d}
 * @param expression TorchScript with {@code {0}} for the operand
 * @param output gives the shape of its output from that of its input, channels x height x width
 */
public record Pooling(String type, String expression, Shapes output) {
  /** Gives the length of a side after the pooling. */
  private interface Sides {
    int of(int side);
  }

  /** Gives the shape after the pooling. */
  interface Shapes {
    List<Integer> of(Value x);
  }

  /** The mean over adjacent squares. */
  static Pooling average(int kernel) {
    return new Pooling(
        "AvgPool2d",
        "torch.avg_pool2d({0}, [%1$d, %1$d])".formatted(kernel),
        sides(side -> windows(side, kernel, kernel, 0)));
  }

  static Pooling max(int kernel, int stride, int padding) {
    return new Pooling(
        "MaxPool2d",
        "torch.max_pool2d({0}, [%1$d, %1$d], [%2$d, %2$d], [%3$d, %3$d])"
            .formatted(kernel, stride, padding),
        sides(side -> windows(side, kernel, stride, padding)));
  }

  /** The means over squares such that the output is {@code side} x {@code side}. */
  static Pooling adaptiveAverage(int side) {
    return new Pooling(
        "AdaptiveAvgPool2d",
        "torch.adaptive_avg_pool2d({0}, [%1$d, %1$d])".formatted(side),
        sides(any -> side));
  }

  /** The number of windows that fit along a side. */
  static int windows(int side, int kernel, int stride, int padding) {
    return (side + 2 * padding - kernel) / stride + 1;
  }

  private static Shapes sides(Sides sides) {
    return x -> List.of(x.channels(), sides.of(x.height()), sides.of(x.width()));
  }
}
