package io.similitude.plan;

import io.similitude.dataset.imported.FoundFeatures;
import io.similitude.store.Unit;
import java.util.List;

/**
 * A unit whose features are read, not computed. On the driver only.
 *
 * @param layers by position
 */
public record ImportedUnit(Unit unit, BatchPlan batch, List<FoundFeatures> layers) {
  public ImportedUnit {
    layers = List.copyOf(layers);
  }
}
