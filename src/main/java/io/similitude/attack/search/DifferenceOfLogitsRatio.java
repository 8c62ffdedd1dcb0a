package io.similitude.attack.search;

import io.similitude.input.InputException;
import io.similitude.network.Classifier;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The difference of logits ratio, which neither a shift nor a scale of the logits z changes. With
 * pi the order of z from the largest, y the label and t a target:
 *
 * <pre>
 *   DLR(z, y)    = -(z_y - max_{i /= y} z_i) / (z_pi1 - z_pi3)                 (equation 6)
 *   DLR(z, y, t) = -(z_y - z_t) / (z_pi1 - (z_pi3 + z_pi4) / 2)                (equation 7)
 * </pre>
 *
 * <p>Above 0 exactly where the network does not predict y (z_t exceeds z_y). Needs three classes,
 * or four.
 *
 * <p>Source: Croce and Hein, Reliable evaluation of adversarial robustness with an ensemble of
 * diverse parameter-free attacks (ICML 2020).
 */
public final class DifferenceOfLogitsRatio implements Goal.Objective {
  /**
   * A small number that keeps the denominator above 0 if the first three logits are equal. The
   * source's code has the same value.
   */
  private static final double TINY = 1e-12;

  private final int label;
  private final OptionalInt target;

  public DifferenceOfLogitsRatio(int label, OptionalInt target) {
    this.label = label;
    this.target = target;
  }

  @Override
  public double value(float[] logits) {
    return ratio(logits).value();
  }

  @Override
  public float[] gradient(float[] logits) {
    Ratio ratio = ratio(logits);
    double[] gradient = new double[logits.length];
    gradient[ratio.rival] += 1 / ratio.denominator;
    gradient[label] -= 1 / ratio.denominator;
    double slope = -ratio.value() / ratio.denominator;
    gradient[ratio.order[0]] += slope;
    for (int i = 2; i < ratio.depth; i++) {
      gradient[ratio.order[i]] -= slope / (ratio.depth - 2);
    }
    float[] rounded = new float[gradient.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) gradient[i];
    }
    return rounded;
  }

  @Override
  public boolean isReached(float[] logits) {
    int predicted = Classifier.predicted(logits);
    return target.isPresent() ? predicted == target.getAsInt() : predicted != label;
  }

  private Ratio ratio(float[] logits) {
    Goal.Objective.require(logits, "label", label);
    target.ifPresent(wanted -> Goal.Objective.require(logits, "target", wanted));
    return new Ratio(logits, label, target);
  }

  /** One ratio, with the values that its gradient needs. */
  private static final class Ratio {
    /** The classes from the largest logit down. Among equal logits the first class comes first. */
    private final int[] order;

    /**
     * The number of logits that are used. The denominator is the first logit less the mean of the
     * third to this one.
     */
    private final int depth;

    private final int rival;
    private final double numerator;
    private final double denominator;

    private Ratio(float[] logits, int label, OptionalInt target) {
      depth = target.isPresent() ? 4 : 3;
      if (logits.length < depth) {
        throw new InputException(
            "Cannot attack with apgd-dlr: its loss needs %d classes, the network has %d (use apgd-ce)"
                .formatted(depth, logits.length));
      }
      order =
          IntStream.range(0, logits.length)
              .boxed()
              .sorted((a, b) -> Float.compare(logits[b], logits[a]))
              .mapToInt(Integer::intValue)
              .toArray();
      rival = target.orElse(order[0] == label ? order[1] : order[0]);
      numerator = (double) logits[rival] - logits[label];
      double low = 0;
      for (int i = 2; i < depth; i++) {
        low += logits[order[i]] / (double) (depth - 2);
      }
      denominator = logits[order[0]] - low + TINY;
    }

    private double value() {
      return numerator / denominator;
    }
  }
}
