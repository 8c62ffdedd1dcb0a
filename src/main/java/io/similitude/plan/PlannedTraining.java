package io.similitude.plan;

import io.similitude.spec.TrainingSpec;
import io.similitude.store.TrainedEpochs;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * One planned training.
 *
 * @param network as it was when the sweep was planned
 * @param epochs identifies the training and tells which of its epochs are done
 * @param steps the number of steps of an epoch
 * @param images the number of images that an epoch trains on
 * @param weightBytes of the weights
 * @param flops of an epoch: forward and backward passes of steps and attack
 */
public record PlannedTraining(
    TrainingSpec.Run run,
    CheckpointSource.NetworkSource network,
    TrainedEpochs epochs,
    int steps,
    int images,
    long weightBytes,
    double flops)
    implements Serializable {
  public String id() {
    return run.id();
  }

  /**
   * The bytes of the files that are written after an epoch and kept: weights, and the momenta next
   * to the last weights.
   *
   * @param last the last finished epoch; -1 before the first
   */
  public long bytesAfter(int last) {
    int all = epochs.epochs();
    long states = IntStream.rangeClosed(last + 1, all).filter(run::keeps).count();
    long best = run.keepsBest() && last < all ? 1 : 0;
    long momenta = last < 0 ? 1 : 0;
    return weightBytes * (states + best + momenta);
  }
}
