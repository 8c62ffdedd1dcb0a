package io.similitude.extraction;

import io.similitude.network.Classifier;
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

  /** The class that the network predicts for an example of the batch. */
  public int predicted(int example) {
    return Classifier.predicted(logits[example]);
  }
}
