package io.similitude.spec;

import java.io.Serializable;

/**
 * Stochastic gradient descent with momentum, as PyTorch's SGD.
 *
 * @param rate the learning rate that the schedule starts from, or that is its peak
 * @param weightDecay on all parameters
 */
public record OptimizerSpec(double rate, double momentum, double weightDecay, boolean nesterov)
    implements Serializable {
  public static final double USUAL_RATE = 0.1;

  /** Of the cyclic schedule of Wong et al. 2020. */
  public static final double USUAL_PEAK_RATE = 0.2;

  public static final double USUAL_MOMENTUM = 0.9;
  public static final double USUAL_WEIGHT_DECAY = 5e-4;

  public OptimizerSpec {
    if (!(rate > 0) || !(momentum >= 0 && momentum < 1) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "Invalid optimizer: rate %s, momentum %s, weight decay %s"
              .formatted(rate, momentum, weightDecay));
    }
  }
}
