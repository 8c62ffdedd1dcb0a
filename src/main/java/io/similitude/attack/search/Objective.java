package io.similitude.attack.search;

import io.similitude.input.InputException;

/** What the adversary wants to make large for one example, a function of the logits z. */
public interface Objective {
  double value(float[] logits);

  float[] gradient(float[] logits);

  /** Whether the network is fooled: it predicts the target, or just not the label. */
  boolean isReached(float[] logits);

  /** Checks that the logits have a class. */
  static void require(float[] logits, String noun, int label) {
    if (label < 0 || label >= logits.length) {
      throw new InputException(
          "Cannot attack with %s %d: the network has classes 0 to %d (must be one of them)"
              .formatted(noun, label, logits.length - 1));
    }
  }
}
