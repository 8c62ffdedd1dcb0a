package io.similitude.comparison;

import io.similitude.plan.BatchPlan;
import io.similitude.plan.Estimation;
import io.similitude.plan.FindingPairs;
import io.similitude.spec.Comparison;
import io.similitude.store.RunFolder;
import io.similitude.store.RunWriter;
import java.io.Serializable;
import java.util.List;

/**
 * What all comparisons by stored activations share on the executors.
 *
 * @param findings the pairs that findings read
 * @param batches the examples, in the order of the files
 * @param batch examples in a batch that is full
 * @param seed of the passes' batches
 */
public record ActivationJob(
    Comparison compare,
    FindingPairs findings,
    List<BatchPlan> batches,
    int batch,
    long seed,
    RunFolder folder,
    RunWriter writer)
    implements Serializable {
  public ActivationJob {
    batches = List.copyOf(batches);
  }

  /**
   * The job for one way of estimation, with the batches that this way uses: all batches, or only
   * those that give an estimate of their own.
   */
  public ActivationJob of(Estimation estimation) {
    List<BatchPlan> taken =
        estimation.way() == Estimation.Way.BATCHES
            ? batches.stream().filter(it -> !it.isRest()).toList()
            : batches;
    return new ActivationJob(compare, findings, taken, batch, seed, folder, writer);
  }

  /** The number of examples in all batches. */
  public int examples() {
    return batches.stream().mapToInt(BatchPlan::count).sum();
  }
}
