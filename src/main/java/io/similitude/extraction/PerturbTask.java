package io.similitude.extraction;

import io.similitude.execution.Task;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.Perturbing;

/** Perturbed inputs that several units are shown: one batch of them. */
public record PerturbTask(Perturbing crafting, BatchPlan batch) implements Task {
  @Override
  public String label() {
    return "inputs of view %s, batch %d, crafted on %s"
        .formatted(crafting.view().id(), batch.index(), crafting.adversary().checkpoint().id());
  }

  @Override
  public int images() {
    return batch.count();
  }
}
