package io.similitude.plan;

import io.similitude.spec.NetworkSpec;
import io.similitude.spec.TrainingSpec;
import io.similitude.store.TrainedEpochs;
import java.io.Serializable;

/**
 * One training, as it was planned.
 *
 * @param epochs what identifies it, and what tells which of its epochs are done
 * @param steps of an epoch
 * @param images that an epoch learns
 * @param weightBytes of the weights
 * @param flops of an epoch: forward and backward passes of steps and attack
 */
public record PlannedTraining(
    TrainingSpec.Run run,
    NetworkSpec.BuiltIn network,
    TrainedEpochs epochs,
    int steps,
    int images,
    long weightBytes,
    double flops)
    implements Serializable {
  public String id() {
    return run.id();
  }
}
