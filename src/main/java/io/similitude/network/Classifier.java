package io.similitude.network;

import io.similitude.dataset.Examples;
import java.util.function.UnaryOperator;

/**
 * What an adversary needs of a network: its logits, and how a loss of them changes with the pixels.
 * Each example is treated by itself, as evaluation mode has it: nothing depends on its neighbours.
 */
public interface Classifier {
  /** The class with the largest logit; of equal ones the first, as PyTorch's argmax has it. */
  static int predicted(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }

  /** The logits, one array an example, one value a class. */
  float[][] logits(Examples examples);

  /**
   * The gradient of a loss by the pixels. The loss is given by its own gradient by the logits, so
   * that any function of them will do; the gradient of an example belongs to that example's loss,
   * as if the losses were added up.
   *
   * @param lossGradient makes the losses' gradients by the logits, of the same shape, from the
   *     logits
   */
  InputGradient inputGradient(Examples examples, UnaryOperator<float[][]> lossGradient);
}
