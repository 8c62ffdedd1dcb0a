package io.similitude.extraction;

import java.util.List;

/** What one network makes of a batch of n examples. */
public final class Extraction {
  private final float[][] logits;
  private final List<Representation> representations;

  Extraction(float[][] logits, List<Representation> representations) {
    this.logits = logits;
    this.representations = List.copyOf(representations);
  }

  /** n arrays, one value a class. */
  public float[][] logits() {
    return logits;
  }

  /** Of the tapped layers, in call order. */
  public List<Representation> representations() {
    return representations;
  }

  /** The class with the largest logit; of equal ones the first, as PyTorch's argmax has it. */
  public int predicted(int example) {
    float[] values = logits[example];
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
