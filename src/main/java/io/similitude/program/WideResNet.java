package io.similitude.program;

import io.similitude.dataset.ImageShape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * WideResNet-d-k for 32 x 32 images: pre-activation residual blocks in three stages of (d - 4) / 6
 * blocks and 16 k, 32 k, 64 k channels (Zagoruyko and Komodakis 2016, arXiv 1605.07146), with the
 * module names of the code of TRADES, which RobustBench and the paper that Similitude generalises
 * use.
 */
final class WideResNet implements Architecture {
  private static final int STEM_CHANNELS = 16;
  private static final int STAGES = 3;
  private static final int SIDE = 32;
  private static final int FINAL_SIDE = 8;

  @Override
  public String name() {
    return "wide-resnet";
  }

  @Override
  public Set<String> parameters() {
    return new LinkedHashSet<>(List.of("depth", "width", "classes"));
  }

  @Override
  public Program describe(Parameters parameters, ImageShape input) {
    int depth = parameters.count("depth");
    if (depth < 10 || depth % 6 != 4) {
      throw parameters.invalid("depth", "6 n + 4: 10, 16, 22, 28, ...");
    }
    if (input.height() != SIDE || input.width() != SIDE) {
      throw parameters.invalidInput(
          input, "a wide-resnet wants 32 x 32 pixels (transform: [{pad: ...}] or [{resize: 32}])");
    }
    int width = parameters.count("width");
    ProgramBuilder network = new ProgramBuilder(input);
    Value x = network.conv2d("conv1", network.input(), STEM_CHANNELS, 3, 1, 1);
    for (int stage = 0; stage < STAGES; stage++) {
      int channels = (STEM_CHANNELS << stage) * width;
      x = stage(network, x, "block" + (stage + 1), (depth - 4) / 6, channels, stage == 0 ? 1 : 2);
    }
    x = network.relu("relu", network.batchNorm2d("bn1", x));
    x = network.flatten(network.avgPool2d("avgpool", x, FINAL_SIDE));
    return network.build(network.linear("fc", x, parameters.count("classes")));
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
    // The identity passes the block by before its first normalisation, the projection after it.
    Value shortcut =
        x.channels() == channels
            ? x
            : network.conv2d(name + ".convShortcut", active, channels, 1, stride, 0);
    return network.module(name, "BasicBlock", network.add(out, shortcut));
  }
}
