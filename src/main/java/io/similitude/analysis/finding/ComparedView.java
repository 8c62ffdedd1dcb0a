package io.similitude.analysis.finding;

import java.io.Serializable;

/**
 * A view as findings see it.
 *
 * @param id its id
 * @param attack its name; null where the examples are shown as they are
 * @param epsilon of the attack; null where there is none
 * @param data the data set whose examples it shows; null for the first
 */
public record ComparedView(String id, String attack, Double epsilon, String data)
    implements Serializable {
  /** The data set that networks are trained on goes by this name. */
  public static final String TRAINING = "train";

  /** Views of another run, on training data, are called this and their own id. */
  public static final String OF_TRAINING_RUN = "train:";

  public boolean isPerturbed() {
    return attack != null;
  }
}
