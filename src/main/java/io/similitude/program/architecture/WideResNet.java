package io.similitude.program.architecture;

import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Program;
import io.similitude.program.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * WideResNet-d-k for 32 x 32 images: pre-activation residual blocks in three stages of (d - 4) / 6
 * blocks and 16 k, 32 k, 64 k channels (Zagoruyko and Komodakis 2016, arXiv 1605.07146), with the
 * module names of the code of TRADES, which RobustBench and the paper that Similitude generalises
 * use. The paper pools by a module, RobustBench by a function. Checkpoints made with TRADES' own
 * code have a stage {@code sub_block1} that is never called.
 */
final class WideResNet implements Architecture {
  private static final int STEM_CHANNELS = 16;
  private static final int STAGES = 3;
  private static final int SIDE = 32;
  private static final int FINAL_SIDE = 8;

  private final String name;
  private final boolean poolsByModule;

  private WideResNet(String name, boolean poolsByModule) {
    this.name = name;
    this.poolsByModule = poolsByModule;
  }

  static List<Architecture> family() {
    return List.of(
        new WideResNet("wide-resnet", true), new WideResNet("robustbench-wide-resnet", false));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Initialization initialization() {
    return Initialization.WIDE_RESNET;
  }

  @Override
  public Set<String> parameters() {
    return new LinkedHashSet<>(List.of("depth", "width", "classes"));
  }

  @Override
  public Program describe(Parameters parameters, ImageShape input) {
    ProgramBuilder network = parameters.network(input, SIDE);
    int blocks = blocks(parameters);
    int width = parameters.count("width");
    Value x = network.conv2d("conv1", network.input(), STEM_CHANNELS, 3, 1, 1);
    unusedStage(network, blocks, STEM_CHANNELS, STEM_CHANNELS * width);
    for (int stage = 0; stage < STAGES; stage++) {
      int channels = (STEM_CHANNELS << stage) * width;
      x = stage(network, x, "block" + (stage + 1), blocks, channels, stage == 0 ? 1 : 2);
    }
    x = pool(network, network.relu("relu", network.batchNorm2d("bn1", x)));
    return network.build(network.linear("fc", network.flatten(x), parameters.count("classes")));
  }

  /** The number of blocks in a stage. */
  static int blocks(Parameters parameters) {
    int depth = parameters.count("depth");
    if (depth < 10 || depth % 6 != 4) {
      throw parameters.invalid("depth", "6 n + 4: 10, 16, 22, 28, ...");
    }
    return (depth - 4) / 6;
  }

  private Value pool(ProgramBuilder network, Value x) {
    Pooling pooling = Pooling.average(FINAL_SIDE);
    return poolsByModule ? network.pool("avgpool", pooling, x) : network.pool(pooling, x);
  }

  private static Value stage(
      ProgramBuilder network, Value x, String name, int blocks, int channels, int stride) {
    Value out = x;
    for (int i = 0; i < blocks; i++) {
      out = block(network, out, name + ".layer." + i, channels, i == 0 ? stride : 1);
    }
    network.module(name + ".layer", "Sequential", out);
    return network.module(name, "NetworkBlock", out);
  }

  private static Value block(
      ProgramBuilder network, Value x, String name, int channels, int stride) {
    Value active = network.relu(name + ".relu1", network.batchNorm2d(name + ".bn1", x));
    Value out = network.conv2d(name + ".conv1", active, channels, 3, stride, 1);
    out = network.relu(name + ".relu2", network.batchNorm2d(name + ".bn2", out));
    out = network.conv2d(name + ".conv2", out, channels, 3, 1, 1);
    // The identity starts before the block's first normalisation, the projection after it.
    Value shortcut =
        x.channels() == channels
            ? x
            : network.conv2d(name + ".convShortcut", active, channels, 1, stride, 0);
    return network.module(name, "BasicBlock", network.add(out, shortcut));
  }

  private static void unusedStage(ProgramBuilder network, int blocks, int inputs, int channels) {
    for (int i = 0; i < blocks; i++) {
      String name = "sub_block1.layer." + i;
      int in = i == 0 ? inputs : channels;
      unusedNorm(network, name + ".bn1", in);
      network.unused(name + ".conv1.weight", channels, in, 3, 3);
      unusedNorm(network, name + ".bn2", channels);
      network.unused(name + ".conv2.weight", channels, channels, 3, 3);
      if (in != channels) {
        network.unused(name + ".convShortcut.weight", channels, in, 1, 1);
      }
    }
  }

  private static void unusedNorm(ProgramBuilder network, String name, int channels) {
    for (String tensor : List.of("weight", "bias", "running_mean", "running_var")) {
      network.unused(name + "." + tensor, channels);
    }
  }
}
