package io.similitude.program.architecture;

import io.similitude.dataset.image.ImageShape;
import io.similitude.program.FeatureAxis;
import io.similitude.program.Program;
import io.similitude.program.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * ConvNeXt-tiny to -large (Liu et al. 2022, arXiv 2201.03545) as in torchvision. A block normalises
 * and mixes the channels with the channels last.
 */
final class ConvNeXt implements Architecture {
  private static final int EXPANSION = 4;
  private static final int SMALLEST = 32;
  private static final String LAYER_NORM_2D = "LayerNorm2d";

  private final String size;
  private final List<Integer> blocks;
  private final int width;

  private ConvNeXt(String size, List<Integer> blocks, int width) {
    this.size = size;
    this.blocks = blocks;
    this.width = width;
  }

  static List<Architecture> family() {
    return List.of(
        new ConvNeXt("tiny", List.of(3, 3, 9, 3), 96),
        new ConvNeXt("small", List.of(3, 3, 27, 3), 96),
        new ConvNeXt("base", List.of(3, 3, 27, 3), 128),
        new ConvNeXt("large", List.of(3, 3, 27, 3), 192));
  }

  @Override
  public String name() {
    return "convnext-" + size;
  }

  @Override
  public Initialization initialization() {
    return Initialization.TORCHVISION_CONVNEXT;
  }

  @Override
  public Set<String> parameters() {
    return new LinkedHashSet<>(List.of("width", "classes"));
  }

  @Override
  public Program describe(Parameters parameters, ImageShape input) {
    parameters.requireSides(input, SMALLEST);
    ProgramBuilder network = parameters.network(input);
    int channels = parameters.count("width", width);
    Convolution stem = new Convolution(channels, 4, 4, 0).withBias();
    Value x = network.conv2d("features.0.0", network.input(), stem);
    x = network.layerNorm("features.0.1", LAYER_NORM_2D, x);
    x = network.module("features.0", "Conv2dNormActivation", x);
    for (int stage = 0; stage < blocks.size(); stage++) {
      x = stage == 0 ? x : narrow(network, "features." + 2 * stage, x, channels << stage);
      x = stage(network, "features." + (2 * stage + 1), x, blocks.get(stage));
    }
    network.module("features", "Sequential", x);
    x = network.pool("avgpool", Pooling.adaptiveAverage(1), x);
    x = network.layerNorm("classifier.0", LAYER_NORM_2D, x);
    x = network.module("classifier.1", "Flatten", network.flatten(x));
    x = network.linear("classifier.2", x, parameters.count("classes"));
    return network.build(network.module("classifier", "Sequential", x));
  }

  /** The layers between two stages: they halve the sides and increase the channels. */
  private static Value narrow(ProgramBuilder network, String name, Value x, int channels) {
    Value out = network.layerNorm(name + ".0", LAYER_NORM_2D, x);
    out = network.conv2d(name + ".1", out, new Convolution(channels, 2, 2, 0).withBias());
    return network.module(name, "Sequential", out);
  }

  private static Value stage(ProgramBuilder network, String name, Value x, int blocks) {
    Value out = x;
    for (int i = 0; i < blocks; i++) {
      out = block(network, name + "." + i, out);
    }
    return network.module(name, "Sequential", out);
  }

  private static Value block(ProgramBuilder network, String name, Value x) {
    int channels = x.channels();
    String inner = name + ".block";
    Convolution each = new Convolution(channels, 7, 1, 3).depthwise().withBias();
    Value out = network.conv2d(inner + ".0", x, each);
    out = permuted(network, inner + ".1", out, FeatureAxis.LAST);
    out = network.layerNorm(inner + ".2", "LayerNorm", out);
    out = network.linear(inner + ".3", out, EXPANSION * channels);
    out = network.activation(inner + ".4", Activation.GELU, out);
    out = network.linear(inner + ".5", out, channels);
    out = permuted(network, inner + ".6", out, FeatureAxis.FIRST);
    out = network.module(inner, "Sequential", out);
    String scale = network.description().parameter(name + ".layer_scale", channels, 1, 1);
    out = network.description().elementwise("torch.mul({0}, self." + scale + ")", "", out);
    // Stochastic depth does nothing in evaluation mode.
    out = network.module(name + ".stochastic_depth", "StochasticDepth", out);
    return network.module(name, "CNBlock", network.add(out, x));
  }

  private static Value permuted(ProgramBuilder network, String name, Value x, FeatureAxis to) {
    List<Integer> sides = x.shape();
    boolean toLast = to == FeatureAxis.LAST;
    List<Integer> order = toLast ? List.of(0, 2, 3, 1) : List.of(0, 3, 1, 2);
    List<Integer> shape = order.subList(1, 4).stream().map(i -> sides.get(i - 1)).toList();
    Value out = network.description().view("torch.permute({0}, " + order + ")", x, shape, to);
    return network.module(name, "Permute", out);
  }
}
