package io.similitude.network;

import io.similitude.dataset.Examples;
import java.util.function.UnaryOperator;

/**
 * The functions of a network that an adversary needs: its logits, and the gradient of a loss by the
 * pixels. Each example is computed independently, as in evaluation mode. It does not depend on
 * other examples of the batch.
 */
public interface Classifier {
  /**
   * The class with the largest logit. If logits are equal, it is the first class, as in PyTorch's
   * argmax.
   */
  static int predicted(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }

  /** The logits: one array for each example, one value for each class. */
  float[][] logits(Examples examples);

  /**
   * The gradient of a loss by the pixels. The loss is given by its gradient by the logits, so it
   * can be any function of the logits. The gradient of an example is that of its own loss, as if
   * the losses were summed.
   *
   * @param lossGradient computes the gradients of the losses by the logits from the logits; the
   *     shape is the same
   */
  InputGradient inputGradient(Examples examples, UnaryOperator<float[][]> lossGradient);
}
