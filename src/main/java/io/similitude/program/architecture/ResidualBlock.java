package io.similitude.program.architecture;

import io.similitude.program.Value;

/**
 * The blocks of a ResNet. A block has two 3 x 3 convolutions, or a 3 x 3 convolution between two 1
 * x 1 convolutions, of which the last has four times the channels. It also has a shortcut. If the
 * shape changes, a 1 x 1 convolution projects the shortcut.
 */
record ResidualBlock(ProgramBuilder network, ResNet.Form form, boolean bottleneck) {
  private static final int EXPANSION = 4;

  Value apply(Value x, String name, int channels, int stride) {
    Value out = bottleneck ? narrow(x, name, channels, stride) : basic(x, name, channels, stride);
    out = network.add(out, shortcut(x, name, out.channels(), stride));
    return network.module(name, bottleneck ? "Bottleneck" : "BasicBlock", relu(out, name));
  }

  private Value basic(Value x, String name, int channels, int stride) {
    Value out = network.conv2d(name + ".conv1", x, channels, 3, stride, 1);
    out = relu(network.batchNorm2d(name + ".bn1", out), name);
    out = network.conv2d(name + ".conv2", out, channels, 3, 1, 1);
    return network.batchNorm2d(name + ".bn2", out);
  }

  private Value narrow(Value x, String name, int channels, int stride) {
    Value out = network.conv2d(name + ".conv1", x, channels, 1, 1, 0);
    out = relu(network.batchNorm2d(name + ".bn1", out), name);
    out = network.conv2d(name + ".conv2", out, channels, 3, stride, 1);
    out = relu(network.batchNorm2d(name + ".bn2", out), name);
    out = network.conv2d(name + ".conv3", out, EXPANSION * channels, 1, 1, 0);
    return network.batchNorm2d(name + ".bn3", out);
  }

  /** A ReLU: one module that is called after every normalisation, or a function. */
  private Value relu(Value x, String name) {
    return form == ResNet.Form.TORCHVISION ? network.relu(name + ".relu", x) : network.relu(x);
  }

  private Value shortcut(Value x, String name, int channels, int stride) {
    boolean identity = stride == 1 && x.channels() == channels;
    if (form == ResNet.Form.TORCHVISION) {
      return identity ? x : projection(x, name + ".downsample", channels, stride);
    }
    // In the CIFAR form, the identity is a module too: an empty Sequential.
    return identity
        ? network.module(name + ".shortcut", "Sequential", x)
        : projection(x, name + ".shortcut", channels, stride);
  }

  private Value projection(Value x, String name, int channels, int stride) {
    Value out = network.conv2d(name + ".0", x, channels, 1, stride, 0);
    return network.module(name, "Sequential", network.batchNorm2d(name + ".1", out));
  }
}
