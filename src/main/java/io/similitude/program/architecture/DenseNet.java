package io.similitude.program.architecture;

import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Program;
import io.similitude.program.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * DenseNet-121 to -201 (Huang et al. 2017, arXiv 1608.06993) as in torchvision. The input of each
 * layer of a block is the channels of all layers before it.
 */
final class DenseNet implements Architecture {
  /**
   * The number of channels that a layer's first convolution produces, as a multiple of the growth.
   */
  private static final int BOTTLENECK = 4;

  /** The factor by which the stem and the transitions reduce a side. */
  private static final int REDUCTION = 32;

  private final int depth;
  private final List<Integer> blocks;
  private final int growth;

  private DenseNet(int depth, List<Integer> blocks, int growth) {
    this.depth = depth;
    this.blocks = blocks;
    this.growth = growth;
  }

  static List<Architecture> family() {
    return List.of(
        new DenseNet(121, List.of(6, 12, 24, 16), 32),
        new DenseNet(161, List.of(6, 12, 36, 24), 48),
        new DenseNet(169, List.of(6, 12, 32, 32), 32),
        new DenseNet(201, List.of(6, 12, 48, 32), 32));
  }

  @Override
  public String name() {
    return "densenet-" + depth;
  }

  @Override
  public Set<String> parameters() {
    return new LinkedHashSet<>(List.of("growth", "width", "classes"));
  }

  @Override
  public Program describe(Parameters parameters, ImageShape input) {
    parameters.requireSides(input, REDUCTION);
    ProgramBuilder network = parameters.network(input);
    int grown = parameters.count("growth", growth);
    int width = parameters.count("width", 2 * grown);
    Value x = network.conv2d("features.conv0", network.input(), width, 7, 2, 3);
    x = network.relu("features.relu0", network.batchNorm2d("features.norm0", x));
    x = network.pool("features.pool0", Pooling.max(3, 2, 1), x);
    for (int i = 0; i < blocks.size(); i++) {
      x = block(network, "features.denseblock" + (i + 1), x, blocks.get(i), grown);
      x = i + 1 < blocks.size() ? transition(network, "features.transition" + (i + 1), x) : x;
    }
    x = network.batchNorm2d("features.norm5", x);
    network.module("features", "Sequential", x);
    x = network.pool(Pooling.adaptiveAverage(1), network.relu(x));
    return network.build(
        network.linear("classifier", network.flatten(x), parameters.count("classes")));
  }

  private static Value block(ProgramBuilder network, String name, Value x, int layers, int growth) {
    List<Value> made = new ArrayList<>(List.of(x));
    for (int i = 1; i <= layers; i++) {
      made.add(layer(network, name + ".denselayer" + i, network.concatenate(made), growth));
    }
    return network.module(name, "_DenseBlock", network.concatenate(made));
  }

  private static Value layer(ProgramBuilder network, String name, Value x, int growth) {
    Value out = network.relu(name + ".relu1", network.batchNorm2d(name + ".norm1", x));
    out = network.conv2d(name + ".conv1", out, BOTTLENECK * growth, 1, 1, 0);
    out = network.relu(name + ".relu2", network.batchNorm2d(name + ".norm2", out));
    return network.module(
        name, "_DenseLayer", network.conv2d(name + ".conv2", out, growth, 3, 1, 1));
  }

  private static Value transition(ProgramBuilder network, String name, Value x) {
    Value out = network.relu(name + ".relu", network.batchNorm2d(name + ".norm", x));
    out = network.conv2d(name + ".conv", out, x.channels() / 2, 1, 1, 0);
    return network.module(
        name, "_Transition", network.pool(name + ".pool", Pooling.average(2), out));
  }
}
