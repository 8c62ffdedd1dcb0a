package io.similitude.program.architecture;

import io.similitude.spec.key.Keyword;

/** How a network's source draws its weights before training. */
public enum Initialization implements Keyword {
  /**
   * PyTorch's own: weights uniform within 1 / sqrt(inputs of a unit), and biases likewise (kaiming
   * uniform with a = sqrt(5)). Of pytorch-cifar and RobustBench.
   */
  PYTORCH,
  /**
   * Convolutions normal with variance 2 / (kernel area x output channels), linear layers as
   * PyTorch's with biases 0. Of the code of TRADES.
   */
  WIDE_RESNET,
  /** Convolutions as in {@link #WIDE_RESNET}, linear layers as PyTorch's. */
  TORCHVISION_RESNET,
  /**
   * Convolutions as in {@link #WIDE_RESNET} with biases 0, linear layers normal with deviation 0.01
   * and biases 0.
   */
  TORCHVISION_VGG
}
