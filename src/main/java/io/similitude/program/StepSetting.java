package io.similitude.program;

import java.util.Arrays;
import java.util.Map;

/**
 * A number that a training step is given. Methods of a program take tensors only, so all of them
 * travel in one float64 tensor, in this order.
 */
public enum StepSetting {
  /** The learning rate. */
  RATE,
  /** How much of the last step is taken again. */
  MOMENTUM,
  /** The L2 penalty, on all parameters. */
  WEIGHT_DECAY,
  /** 1: Nesterov's momentum. */
  NESTEROV,
  /** Label smoothing. */
  SMOOTHING,
  /** The radius of the ball that the attack stays in. */
  EPSILON,
  STEP_SIZE,
  STEPS,
  /** 0: an l_inf ball; 1: an l_2 ball. */
  EUCLIDEAN,
  /** How the attack runs batch norm; 0: in evaluation mode; 2: by the batch's own statistics. */
  ATTACK_MODE,
  /** 1: the attack runs with the channels last in memory. */
  CHANNELS_LAST,
  /** TRADES' weight of the divergence. */
  BETA;

  /** What the tensor holds; 0 for what is not given. */
  public static double[] values(Map<StepSetting, Double> given) {
    return Arrays.stream(values()).mapToDouble(it -> given.getOrDefault(it, 0.0)).toArray();
  }
}
