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
  TORCHVISION_VGG,
  /**
   * Convolutions and linear layers normal with deviation 0.02 and biases 0; the scales of the
   * blocks 1e-6. torchvision truncates at 100 deviations, which has no effect.
   */
  TORCHVISION_CONVNEXT,
  /**
   * The patches' convolution normal with variance 1 / inputs, positions normal with deviation 0.02.
   * The perceptrons and the projections to queries, keys and values uniform within sqrt(6 / (inputs
   * + outputs)), the perceptrons' biases normal with deviation 1e-6. The projection after attention
   * as in {@link #PYTORCH}. The class token, the head and all other biases 0.
   */
  TORCHVISION_VIT
}
