package io.similitude.extraction;

import io.similitude.execution.Task;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.CheckpointSource;
import io.similitude.plan.Perturbing;
import io.similitude.store.Unit;

/**
 * One unit's work, as it travels to an executor.
 *
 * @param crafting how the examples are perturbed; null where they are shown as they are
 * @param shared whether other units are shown the same perturbed examples, which then are made
 *     once, before
 */
public record UnitTask(
    Unit unit, CheckpointSource source, BatchPlan batch, Perturbing crafting, boolean shared)
    implements Task {
  @Override
  public String label() {
    return unit.key().toString();
  }

  @Override
  public int images() {
    return batch.count();
  }
}
