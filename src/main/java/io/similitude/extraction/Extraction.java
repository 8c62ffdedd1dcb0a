package io.similitude.extraction;

import io.similitude.network.Classifier;
import java.util.List;

/** The values that one network computes for a batch of n examples. */
public final class Extraction {
  private final float[][] logits;
  private final List<Representation> representations;

  Extraction(float[][] logits, List<Representation> representations) {
    this.logits = logits;
    this.representations = List.copyOf(representations);
  }

  /** The logits: n arrays with one value for each class. */
  public float[][] logits() {
    return logits;
  }

  /** The representations of the tapped layers, in the order of their calls. */
  public List<Representation> representations() {
    return representations;
  }

  /** The class that the network predicts for an example of the batch. */
  public int predicted(int example) {
    return Classifier.predicted(logits[example]);
  }
}
