package io.similitude.program.architecture;

import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Program;
import io.similitude.program.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * MobileNetV2 (Sandler et al. 2018, arXiv 1801.04381) as in torchvision, for images of any size.
 * Its inverted residual blocks widen, convolve each channel separately, and narrow.
 */
final class MobileNetV2 implements Architecture {
  private static final int STEM_CHANNELS = 32;
  private static final int LAST_CHANNELS = 1280;
  private static final int DIVISOR = 8;

  /** Table 2 of the paper. */
  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 16, 1, 1),
          new Stage(6, 24, 2, 2),
          new Stage(6, 32, 3, 2),
          new Stage(6, 64, 4, 2),
          new Stage(6, 96, 3, 1),
          new Stage(6, 160, 3, 2),
          new Stage(6, 320, 1, 1));

  private static final String NORMALISED = "Conv2dNormActivation";

  /** Blocks that widen by a factor. The first block has the stride. */
  private record Stage(int factor, int channels, int blocks, int stride) {}

  @Override
  public String name() {
    return "mobilenet-v2";
  }

  @Override
  public Set<String> parameters() {
    return new LinkedHashSet<>(List.of("multiplier", "classes"));
  }

  @Override
  public Program describe(Parameters parameters, ImageShape input) {
    double multiplier = parameters.number("multiplier", 1);
    ProgramBuilder network = parameters.network(input);
    Convolution stem = new Convolution(divisible(STEM_CHANNELS * multiplier), 3, 2, 1);
    Value x = normalised(network, "features.0", stem, network.input());
    int index = 1;
    for (Stage stage : STAGES) {
      int channels = divisible(stage.channels() * multiplier);
      for (int i = 0; i < stage.blocks(); i++) {
        int stride = i == 0 ? stage.stride() : 1;
        x = block(network, "features." + index++, x, stage.factor(), channels, stride);
      }
    }
    int last = divisible(LAST_CHANNELS * Math.max(1, multiplier));
    x = normalised(network, "features." + index, new Convolution(last, 1, 1, 0), x);
    network.module("features", "Sequential", x);
    x = network.flatten(network.pool(Pooling.adaptiveAverage(1), x));
    x = network.module("classifier.0", "Dropout", x);
    x = network.linear("classifier.1", x, parameters.count("classes"));
    return network.build(network.module("classifier", "Sequential", x));
  }

  private static Value block(
      ProgramBuilder network, String name, Value x, int factor, int channels, int stride) {
    int wide = x.channels() * factor;
    int index = 0;
    Value out = x;
    if (factor != 1) {
      out = normalised(network, conv(name, index++), new Convolution(wide, 1, 1, 0), out);
    }
    Convolution each = new Convolution(wide, 3, stride, 1).depthwise();
    out = normalised(network, conv(name, index++), each, out);
    out = network.conv2d(conv(name, index++), out, channels, 1, 1, 0);
    out = network.batchNorm2d(conv(name, index), out);
    network.module(name + ".conv", "Sequential", out);
    boolean isResidual = stride == 1 && x.channels() == channels;
    return network.module(name, "InvertedResidual", isResidual ? network.add(out, x) : out);
  }

  private static String conv(String block, int index) {
    return block + ".conv." + index;
  }

  private static Value normalised(
      ProgramBuilder network, String name, Convolution convolution, Value x) {
    Value out = network.batchNorm2d(name + ".1", network.conv2d(name + ".0", x, convolution));
    out = network.activation(name + ".2", Activation.RELU6, out);
    return network.module(name, NORMALISED, out);
  }

  /** The nearest multiple of 8, but not below nine tenths of the number. */
  private static int divisible(double channels) {
    int nearest = Math.max(DIVISOR, (int) (channels + DIVISOR / 2.0) / DIVISOR * DIVISOR);
    return nearest < 0.9 * channels ? nearest + DIVISOR : nearest;
  }
}
