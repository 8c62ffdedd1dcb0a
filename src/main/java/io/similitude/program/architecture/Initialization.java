package io.similitude.program.architecture;

import io.similitude.spec.key.Keyword;

/** The ways in which a network's source draws its weights before training. */
public enum Initialization implements Keyword {
  /**
   * PyTorch's default: weights and biases are uniform within 1 / sqrt(inputs of a unit) (kaiming
   * uniform with a = sqrt(5)). Used by pytorch-cifar and RobustBench.
   */
  PYTORCH,
  /**
   * Convolutions normal with variance 2 / (kernel area x output channels), linear layers as in
   * PyTorch with biases 0. Used by the code of TRADES.
   */
  WIDE_RESNET,
  /** Convolutions as in {@link #WIDE_RESNET}, linear layers as in PyTorch. */
  TORCHVISION_RESNET,
  /**
   * Convolutions as in {@link #WIDE_RESNET} with biases 0, linear layers normal with deviation 0.01
   * and biases 0.
   */
  TORCHVISION_VGG
}
