package io.similitude.program.architecture;

import io.similitude.program.Value;
import java.util.List;

/**
 * A square convolution.
 *
 * @param channels of its output
 * @param kernel the side of its window, in pixels
 * @param groups into which the channels are divided
 * @param biased whether it adds a bias
 */
record Convolution(int channels, int kernel, int stride, int padding, int groups, boolean biased) {
  /** A convolution without a bias, with one group. */
  Convolution(int channels, int kernel, int stride, int padding) {
    this(channels, kernel, stride, padding, 1, false);
  }

  Convolution withBias() {
    return new Convolution(channels, kernel, stride, padding, groups, true);
  }

  /** A convolution of each channel separately. */
  Convolution depthwise() {
    return new Convolution(channels, kernel, stride, padding, channels, biased);
  }

  /** TorchScript with {@code {0}} for the operand. */
  String expression(String weight, String bias) {
    String grouped = groups == 1 ? "" : ", [1, 1], " + groups;
    return "torch.conv2d({0}, self.%1$s, %2$s, [%3$d, %3$d], [%4$d, %4$d]%5$s)"
        .formatted(weight, bias, stride, padding, grouped);
  }

  /** A convolution without a bias is computed together with the batch norm of its output. */
  TrainingForm training(String weight) {
    String strides = "[%1$d, %1$d]".formatted(stride);
    String paddings = "[%1$d, %1$d]".formatted(padding);
    return biased
        ? TrainingForm.SAME
        : TrainingForm.normed("{0}", "self." + weight, strides, paddings, "" + groups);
  }

  /** The shape of its weights. */
  long[] weight(Value x) {
    return new long[] {channels, x.channels() / groups, kernel, kernel};
  }

  /** The shape of its output for a value. */
  List<Integer> output(Value x) {
    return List.of(
        channels,
        Pooling.windows(x.height(), kernel, stride, padding),
        Pooling.windows(x.width(), kernel, stride, padding));
  }

  long flops(Value x) {
    long products = (long) x.channels() / groups * kernel * kernel;
    return 2 * products * Value.elements(output(x));
  }
}
