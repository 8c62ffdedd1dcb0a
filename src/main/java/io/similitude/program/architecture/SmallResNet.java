package io.similitude.program.architecture;

import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Program;
import io.similitude.program.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The ResNets of 6n + 2 layers for 32 x 32 images (He et al. 2016, arXiv 1512.03385, section 4.2):
 * three stages of n blocks with 16, 32 and 64 channels. The module names are those of
 * akamaster/pytorch_resnet_cifar10: {@code layer1.0.conv1}, {@code linear}. Activations and the
 * last pooling are functions, so they are not layers.
 */
final class SmallResNet implements Architecture {
  private static final int WIDTH = 16;
  private static final int STAGES = 3;
  private static final int SIDE = 32;

  /** The shortcut around a block if the shape changes (He et al. 2016, section 3.3). */
  private enum Shortcut {
    /** Every second pixel, with zeros for the new channels. It has no weights. */
    A,
    /** A 1 x 1 convolution and a batch normalisation. */
    B
  }

  @Override
  public String name() {
    return "cifar-resnet-v1";
  }

  @Override
  public Set<String> parameters() {
    return new LinkedHashSet<>(List.of("depth", "width", "shortcut", "classes"));
  }

  @Override
  public Program describe(Parameters parameters, ImageShape input) {
    ProgramBuilder network = parameters.network(input, SIDE);
    int blocks = blocks(parameters);
    int width = parameters.count("width", WIDTH);
    Shortcut shortcut = parameters.choice("shortcut", Shortcut.A);
    Value x = network.conv2d("conv1", network.input(), width, 3, 1, 1);
    x = network.relu(network.batchNorm2d("bn1", x));
    for (int stage = 0; stage < STAGES; stage++) {
      Stage made = new Stage(network, shortcut, width << stage, stage == 0 ? 1 : 2);
      x = made.apply(x, "layer" + (stage + 1), blocks);
    }
    x = network.pool(Pooling.average(SIDE >> (STAGES - 1)), x);
    return network.build(network.linear("linear", network.flatten(x), parameters.count("classes")));
  }

  /** The number of blocks in a stage. */
  private static int blocks(Parameters parameters) {
    int depth = parameters.count("depth");
    if (depth < 8 || depth % 6 != 2) {
      throw parameters.invalid("depth", "6 n + 2: 20, 32, 44, 56, 110, ...");
    }
    return (depth - 2) / 6;
  }

  /** Blocks of one width. The first block has the stride. */
  private record Stage(ProgramBuilder network, Shortcut shortcut, int channels, int stride) {
    Value apply(Value x, String name, int blocks) {
      Value out = x;
      for (int i = 0; i < blocks; i++) {
        out = block(out, name + "." + i, i == 0 ? stride : 1);
      }
      return network.module(name, "Sequential", out);
    }

    private Value block(Value x, String name, int stride) {
      Value out = network.conv2d(name + ".conv1", x, channels, 3, stride, 1);
      out = network.relu(network.batchNorm2d(name + ".bn1", out));
      out = network.conv2d(name + ".conv2", out, channels, 3, 1, 1);
      out = network.batchNorm2d(name + ".bn2", out);
      out = network.add(out, passedBy(x, name + ".shortcut", stride));
      return network.module(name, "BasicBlock", network.relu(out));
    }

    private Value passedBy(Value x, String name, int stride) {
      if (stride == 1 && x.channels() == channels) {
        return network.module(name, "Sequential", x);
      }
      return shortcut == Shortcut.A
          ? network.module(name, "LambdaLayer", padded(x))
          : projected(x, name, stride);
    }

    /** Adds the new channels: half before and half after the old ones. */
    private Value padded(Value x) {
      int before = (channels - x.channels()) / 2;
      int behind = channels - x.channels() - before;
      String strided = "torch.slice(torch.slice({0}, 2, 0, None, 2), 3, 0, None, 2)";
      String expression =
          "torch.constant_pad_nd(%s, [0, 0, 0, 0, %d, %d])".formatted(strided, before, behind);
      List<Integer> shape = List.of(channels, (x.height() + 1) / 2, (x.width() + 1) / 2);
      return network.description().value(expression, x, shape, 0);
    }

    private Value projected(Value x, String name, int stride) {
      Value out = network.conv2d(name + ".0", x, channels, 1, stride, 0);
      return network.module(name, "Sequential", network.batchNorm2d(name + ".1", out));
    }
  }
}
