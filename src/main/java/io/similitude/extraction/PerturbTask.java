package io.similitude.extraction;

import io.similitude.execution.Task;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.Perturbing;
import java.time.Duration;
import java.util.Optional;

/**
 * The task to make one batch of perturbed inputs that several units use.
 *
 * @param limit the time that it may take in a separate process; null if it runs in this process
 */
public record PerturbTask(Perturbing crafting, BatchPlan batch, Duration limit) implements Task {
  @Override
  public String label() {
    return "inputs of view %s, batch %d, crafted on %s"
        .formatted(crafting.view().id(), batch.index(), crafting.adversary().checkpoint().id());
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
