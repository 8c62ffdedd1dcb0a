package io.similitude.extraction;

import io.similitude.execution.Task;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.CheckpointSource;
import io.similitude.plan.Perturbing;
import io.similitude.store.Unit;
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
}
