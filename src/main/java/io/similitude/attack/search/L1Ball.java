package io.similitude.attack.search;

import java.util.Arrays;

/**
 * sum_i |d_i| at most epsilon. The steepest step changes only one variable. For a network it is
 * better to share the step evenly among the few largest entries of the gradient, by their signs
 * (sparse l1 descent, Tramer and Boneh, Adversarial training and robustness for multiple
 * perturbations, NeurIPS 2019). Variables at the end of their range are not among the few.
 *
 * <p>Projection by the threshold of Duchi, Shalev-Shwartz, Singer and Chandra (ICML 2008).
 *
 * @param share the part of the variables that one step changes, above 0 and at most 1
 */
public record L1Ball(float epsilon, double share) implements Ball {
  @Override
  public float[] project(float[] z) {
    if (norm(z) <= epsilon) {
      return z;
    }
    double threshold = threshold(z);
    for (int i = 0; i < z.length; i++) {
      z[i] = Math.copySign((float) Math.max(0, Math.abs(z[i]) - threshold), z[i]);
    }
    return z;
  }

  /** The threshold t at which sum_i max(0, |z_i| - t) is epsilon. */
  private double threshold(float[] z) {
    float[] sorted = magnitudes(z);
    double sum = 0;
    double threshold = 0;
    for (int taken = 1; taken <= sorted.length; taken++) {
      double next = sorted[sorted.length - taken];
      sum += next;
      double candidate = (sum - epsilon) / taken;
      if (next <= candidate) {
        break;
      }
      threshold = candidate;
    }
    return threshold;
  }

  /**
   * n exponential deviates with random signs, divided by the sum of n + 1 deviates (Barthe et al.,
   * math/0503650).
   */
  @Override
  public float[] random(int n, RandomSource.Stream random) {
    double[] deviates = new double[n];
    double sum = random.exponential();
    for (int i = 0; i < n; i++) {
      double deviate = random.exponential();
      sum += deviate;
      deviates[i] = random.coin() ? deviate : -deviate;
    }
    float[] z = new float[n];
    for (int i = 0; i < n; i++) {
      z[i] = (float) (epsilon * deviates[i] / sum);
    }
    return z;
  }

  @Override
  public float[] direction(float[] gradient, float[] z, Box box) {
    float[] useful = gradient.clone();
    for (int i = 0; i < useful.length; i++) {
      if (!box.hasRoom(i, z[i], useful[i] > 0)) {
        useful[i] = 0;
      }
    }
    float[] sorted = magnitudes(useful);
    int few = (int) Math.max(1, Math.round(share * sorted.length));
    float least = sorted[sorted.length - few];
    int above = 0;
    for (float magnitude : sorted) {
      above += magnitude > least ? 1 : 0;
    }
    return shared(useful, least, few - above, 1f / few);
  }

  /**
   * Gives a part to all entries above a magnitude, and to a given number of the first entries that
   * are equal to it.
   */
  private static float[] shared(float[] gradient, float least, int equals, float part) {
    float[] direction = new float[gradient.length];
    int left = equals;
    for (int i = 0; i < direction.length; i++) {
      float magnitude = Math.abs(gradient[i]);
      boolean equal = magnitude == least && left > 0;
      if (equal) {
        left--;
      }
      if (equal || magnitude > least) {
        direction[i] = part * Math.signum(gradient[i]);
      }
    }
    return direction;
  }

  public static double norm(float[] z) {
    double sum = 0;
    for (float value : z) {
      sum += Math.abs(value);
    }
    return sum;
  }

  private static float[] magnitudes(float[] z) {
    float[] magnitudes = new float[z.length];
    for (int i = 0; i < z.length; i++) {
      magnitudes[i] = Math.abs(z[i]);
    }
    Arrays.sort(magnitudes);
    return magnitudes;
  }
}
