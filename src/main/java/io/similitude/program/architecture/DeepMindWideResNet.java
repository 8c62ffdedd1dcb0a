package io.similitude.program.architecture;

import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Program;
import io.similitude.program.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * WideResNet-d-k as trained by DeepMind (Gowal et al. 2020, arXiv 2010.03593), the {@code
 * DMWideResNet} of RobustBench: Swish instead of ReLU, and convolutions of stride 2 that pad right
 * and below only. Its checkpoints hold the mean and the deviation of its normalisation.
 */
final class DeepMindWideResNet implements Architecture {
  private static final int STEM_CHANNELS = 16;
  private static final int STAGES = 3;
  private static final int SIDE = 32;
  private static final int FINAL_SIDE = 8;
  private static final List<Activation> ACTIVATIONS =
      List.of(Activation.RELU, Activation.SWISH, Activation.SILU);

  @Override
  public String name() {
    return "deepmind-wide-resnet";
  }

  @Override
  public Set<String> parameters() {
    return new LinkedHashSet<>(List.of("depth", "width", "classes", "activation"));
  }

  @Override
  public Program describe(Parameters parameters, ImageShape input) {
    ProgramBuilder network = parameters.network(input, SIDE);
    Activation activation = parameters.choice("activation", Activation.SWISH, ACTIVATIONS);
    int blocks = WideResNet.blocks(parameters);
    int width = parameters.count("width");
    Value x = network.conv2d("init_conv", network.input(), STEM_CHANNELS, 3, 1, 1);
    for (int stage = 0; stage < STAGES; stage++) {
      int channels = (STEM_CHANNELS << stage) * width;
      Block block = new Block(network, activation, channels, stage == 0 ? 1 : 2);
      x = block.stage(x, "layer." + stage, blocks);
    }
    network.module("layer", "Sequential", x);
    x = network.activation("relu", activation, network.batchNorm2d("batchnorm", x));
    x = network.flatten(network.pool(Pooling.average(FINAL_SIDE), x));
    return network.build(network.linear("logits", x, parameters.count("classes")));
  }

  /** The blocks of a stage. The first block has the stride. */
  private record Block(ProgramBuilder network, Activation activation, int channels, int stride) {
    Value stage(Value x, String name, int blocks) {
      Value out = x;
      for (int i = 0; i < blocks; i++) {
        out = block(out, name + ".block." + i, i == 0 ? stride : 1);
      }
      network.module(name + ".block", "Sequential", out);
      return network.module(name, "_BlockGroup", out);
    }

    private Value block(Value x, String name, int stride) {
      Value active = activate(x, name, 0);
      Value out = firstConvolution(active, name + ".conv_0", stride);
      out = network.conv2d(name + ".conv_1", activate(out, name, 1), channels, 3, 1, 1);
      Value shortcut =
          x.channels() == channels
              ? x
              : network.conv2d(name + ".shortcut", active, channels, 1, stride, 0);
      return network.module(name, "_Block", network.add(out, shortcut));
    }

    private Value activate(Value x, String block, int index) {
      Value norm = network.batchNorm2d(block + ".batchnorm_" + index, x);
      return network.activation(block + ".relu_" + index, activation, norm);
    }

    private Value firstConvolution(Value x, String name, int stride) {
      return stride == 1
          ? network.conv2d(name, x, channels, 3, 1, 1)
          : network.conv2d(name, network.padRightAndBelow(x), channels, 3, stride, 0);
    }
  }
}
