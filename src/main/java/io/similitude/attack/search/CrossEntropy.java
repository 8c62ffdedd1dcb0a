package io.similitude.attack.search;

import io.similitude.network.Classifier;

/**
 * Cross-entropy CE(z, c) = log sum_i exp(z_i) - z_c: away from the label c, or, negated, towards a
 * target c. Its gradient by z is softmax(z) less the one-hot c.
 *
 * <p>It is computed in float64, with 1 - softmax(z)_c as the sum of the other entries. So a
 * confident network, whose float32 gradient would be exactly 0, still has a direction.
 */
public final class CrossEntropy implements Goal.Objective {
  private final int label;
  private final boolean targeted;

  private CrossEntropy(int label, boolean targeted) {
    this.label = label;
    this.targeted = targeted;
  }

  public static Goal.Objective awayFrom(int label) {
    return new CrossEntropy(label, false);
  }

  public static Goal.Objective towards(int target) {
    return new CrossEntropy(target, true);
  }

  @Override
  public double value(float[] logits) {
    Goal.Objective.require(logits, noun(), label);
    double largest = logits[Classifier.predicted(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return sign() * (largest + Math.log(sum) - logits[label]);
  }

  @Override
  public float[] gradient(float[] logits) {
    Goal.Objective.require(logits, noun(), label);
    double largest = logits[Classifier.predicted(logits)];
    double[] exponentials = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      exponentials[i] = Math.exp(logits[i] - largest);
      sum += exponentials[i];
    }
    float[] gradient = new float[logits.length];
    double others = 0;
    for (int i = 0; i < logits.length; i++) {
      if (i != label) {
        gradient[i] = (float) (sign() * exponentials[i] / sum);
        others += exponentials[i];
      }
    }
    gradient[label] = (float) (-sign() * others / sum);
    return gradient;
  }

  @Override
  public boolean isReached(float[] logits) {
    return (Classifier.predicted(logits) == label) == targeted;
  }

  private int sign() {
    return targeted ? -1 : 1;
  }

  private String noun() {
    return targeted ? "target" : "label";
  }
}
