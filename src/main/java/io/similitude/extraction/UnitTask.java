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
 * One unit's work, as it travels to an executor.
 *
 * @param crafting how the examples are perturbed; null where they are shown as they are
 * @param shared whether other units are shown the same perturbed examples, which then are made
 *     once, before
 * @param limit how long it may take in a process of its own; null where it runs in this one
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
   * What all units of a sweep share on the executors.
   *
   * @param dataset the data set as the driver found it
   * @param folder the run's folder
   */
  public record Job(
      SweepSpec spec, DatasetListing dataset, FileAccess files, String folder, RunWriter writer)
      implements Serializable {}
}
