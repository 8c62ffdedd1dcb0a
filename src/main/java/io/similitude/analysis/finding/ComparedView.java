package io.similitude.analysis.finding;

import java.io.Serializable;

/**
 * A view as findings see it.
 *
 * @param id its id
 * @param attack its name; null if the view has no attack
 * @param epsilon of the attack; null if there is none
 * @param data the data set whose examples it shows; null for the first
 */
public record ComparedView(String id, String attack, Double epsilon, String data)
    implements Serializable {
  /** The name of the data set that networks are trained on. */
  public static final String TRAINING = "train";

  /** The prefix of views of another run on training data. Their own id follows it. */
  public static final String OF_TRAINING_RUN = "train:";

  public boolean isPerturbed() {
    return attack != null;
  }
}
