package io.similitude.program.architecture;

import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Program;
import io.similitude.program.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * ResNet-18 and -34 with activations before the convolutions (He et al. 2016, arXiv 1603.05027) for
 * 32 x 32 images, with the module names of kuangliu/pytorch-cifar, which RobustBench also uses.
 * Activations and pooling are functions, so they are not layers.
 *
 * <p>A checkpoint does not tell where a projected shortcut starts. It can be the block's first
 * activation (pytorch-cifar today, RobustBench's {@code PreActBlockV2}) or the block's input
 * (RobustBench's {@code PreActBlock}). With {@code final-norm} there is a normalisation {@code bn}
 * before the pooling (RobustBench's {@code bn_before_fc}).
 */
final class PreActResNet implements Architecture {
  private static final int WIDTH = 64;
  private static final int SIDE = 32;
  private static final int FINAL_SIDE = 4;

  private final ResidualStages stages;

  private PreActResNet(ResidualStages stages) {
    this.stages = stages;
  }

  /** The start of a projected shortcut. */
  private enum Shortcut {
    ACTIVATION,
    INPUT
  }

  static List<Architecture> family() {
    return Stream.of(ResidualStages.OF_18, ResidualStages.OF_34)
        .<Architecture>map(PreActResNet::new)
        .toList();
  }

  @Override
  public String name() {
    return "preact-resnet-" + stages.depth();
  }

  @Override
  public Set<String> parameters() {
    return new LinkedHashSet<>(List.of("width", "classes", "shortcut", "final-norm"));
  }

  @Override
  public Program describe(Parameters parameters, ImageShape input) {
    ProgramBuilder network = parameters.network(input, SIDE);
    int width = parameters.count("width", WIDTH);
    Shortcut shortcut = parameters.choice("shortcut", Shortcut.ACTIVATION);
    Value x = network.conv2d("conv1", network.input(), width, 3, 1, 1);
    for (int stage = 0; stage < stages.blocks().size(); stage++) {
      x =
          new Stage(network, shortcut, width << stage, stage > 0 ? 2 : 1)
              .apply(x, "layer" + (stage + 1), stages.blocks().get(stage));
    }
    if (parameters.flag("final-norm", false)) {
      x = network.relu(network.batchNorm2d("bn", x));
    }
    x = network.flatten(network.pool(Pooling.average(FINAL_SIDE), x));
    return network.build(network.linear("linear", x, parameters.count("classes")));
  }

  /** Blocks of one width. The first block has the stride. */
  private record Stage(ProgramBuilder network, Shortcut from, int channels, int stride) {
    Value apply(Value x, String name, int blocks) {
      Value out = x;
      for (int i = 0; i < blocks; i++) {
        out = block(out, name + "." + i, i == 0 ? stride : 1);
      }
      return network.module(name, "Sequential", out);
    }

    private Value block(Value x, String name, int stride) {
      Value active = network.relu(network.batchNorm2d(name + ".bn1", x));
      Value shortcut = x;
      if (stride != 1 || x.channels() != channels) {
        shortcut = projection(from == Shortcut.INPUT ? x : active, name + ".shortcut", stride);
      }
      Value out = network.conv2d(name + ".conv1", active, channels, 3, stride, 1);
      out = network.relu(network.batchNorm2d(name + ".bn2", out));
      out = network.conv2d(name + ".conv2", out, channels, 3, 1, 1);
      return network.module(name, "PreActBlock", network.add(out, shortcut));
    }

    private Value projection(Value x, String name, int stride) {
      Value out = network.conv2d(name + ".0", x, channels, 1, stride, 0);
      return network.module(name, "Sequential", out);
    }
  }
}
