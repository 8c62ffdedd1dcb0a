package io.similitude.program;

import java.util.List;

/** A square convolution, by its output's channels and the sides of its window, in pixels. */
record Convolution(int channels, int kernel, int stride, int padding) {
  /** TorchScript with {@code {0}} for the operand. */
  String expression(String weight, String bias) {
    return "torch.conv2d({0}, self.%1$s, %2$s, [%3$d, %3$d], [%4$d, %4$d])"
        .formatted(weight, bias, stride, padding);
  }

  /** What it makes of a value's shape. */
  List<Integer> output(Value x) {
    return List.of(
        channels,
        Pooling.windows(x.height(), kernel, stride, padding),
        Pooling.windows(x.width(), kernel, stride, padding));
  }

  long flops(Value x) {
    long products = (long) x.channels() * kernel * kernel;
    return 2 * products * Value.elements(output(x));
  }
}
