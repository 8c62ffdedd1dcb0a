package io.similitude.comparison;

import io.similitude.plan.BatchPlan;
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

  /** How many examples all batches have. */
  public int examples() {
    return batches.stream().mapToInt(BatchPlan::count).sum();
  }
}
