package io.similitude.job;

import io.similitude.store.Unit;

/**
 * One unit's work, as it travels to an executor.
 *
 * @param crafting how the examples are perturbed; null where they are shown as they are
 * @param shared whether other units are shown the same perturbed examples, which then are made
 *     once, before
 */
record UnitTask(
    Unit unit, CheckpointSource source, BatchPlan batch, Crafting crafting, boolean shared)
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
