package io.similitude.extraction;

import io.similitude.dataset.imported.FeatureSource;
import io.similitude.execution.Task;
import io.similitude.plan.BatchPlan;
import io.similitude.store.Unit;
import java.io.Serializable;
import java.util.List;

/** The reading of one unit's features, as it travels to an executor. */
public record ImportTask(Unit unit, BatchPlan batch, List<Layer> layers) implements Task {
  public ImportTask {
    layers = List.copyOf(layers);
  }

  /**
   * One layer of it.
   *
   * @param features how many an example has
   * @param isKept whether they go to the table {@code activations}
   */
  public record Layer(
      int position, String name, long features, FeatureSource source, boolean isKept)
      implements Serializable {}

  @Override
  public String label() {
    return unit.key().toString();
  }
}
