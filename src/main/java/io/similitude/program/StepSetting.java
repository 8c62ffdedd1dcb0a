package io.similitude.program;

import java.util.Arrays;
import java.util.Map;

/**
 * A number that is passed to a training step. Methods of a program accept only tensors, so all
 * settings are passed in one float64 tensor, in this order.
 */
public enum StepSetting {
  /** The learning rate. */
  RATE,
  /** The share of the last step that is added again. */
  MOMENTUM,
  /** The L2 penalty, on all parameters. */
  WEIGHT_DECAY,
  /** 1: Nesterov's momentum. */
  NESTEROV,
  /** Label smoothing. */
  SMOOTHING,
  /** The radius of the ball that limits the attack. */
  EPSILON,
  STEP_SIZE,
  STEPS,
  /** 0: an l_inf ball; 1: an l_2 ball. */
  EUCLIDEAN,
  /** The mode of batch norm in the attack. 0: evaluation mode; 2: the statistics of the batch. */
  ATTACK_MODE,
  /** 1: the step runs with the channels last in memory. */
  CHANNELS_LAST,
  /** TRADES' weight of the divergence. */
  BETA,
  /** A random whole number below 2^31. Dropout is a function of it. */
  NOISE,
  /** The number of examples that the attack takes together; 0: the whole batch. */
  TOGETHER;

  /** The values of the tensor; 0 for settings that are not given. */
  public static double[] values(Map<StepSetting, Double> given) {
    return Arrays.stream(values()).mapToDouble(it -> given.getOrDefault(it, 0.0)).toArray();
  }
}
