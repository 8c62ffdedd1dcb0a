package io.similitude.extraction;

import io.similitude.dataset.DatasetListing;
import io.similitude.execution.Task;
import io.similitude.files.FileAccess;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.CheckpointSource;
import io.similitude.plan.Perturbing;
import io.similitude.spec.SweepSpec;
import io.similitude.store.RunWriter;
import io.similitude.store.Unit;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * The task to extract one unit. It is sent to an executor.
 *
 * @param crafting how the examples are perturbed; null if they are shown unchanged
 * @param shared whether other units use the same perturbed examples; then they are made once,
 *     before the units
 * @param limit the time that it may take in a separate process; null if it runs in this process
 */
public record UnitTask(
    Unit unit,
    CheckpointSource source,
    BatchPlan batch,
    Perturbing crafting,
    boolean shared,
    Duration limit)
    implements Task {
  @Override
  public String label() {
    return unit.key().toString();
  }

  @Override
  public Optional<Duration> aloneFor() {
    return Optional.ofNullable(limit);
  }

  @Override
  public int images() {
    return batch.count();
  }

  /**
   * The data that all units of a sweep share on the executors.
   *
   * @param dataset the data set as the driver found it
   * @param folder the run's folder
   */
  public record Job(
      SweepSpec spec, DatasetListing dataset, FileAccess files, String folder, RunWriter writer)
      implements Serializable {}
}
