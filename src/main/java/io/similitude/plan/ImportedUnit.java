package io.similitude.plan;

import io.similitude.dataset.imported.FoundFeatures;
import io.similitude.extraction.ImportTask;
import io.similitude.spec.SweepSpec;
import io.similitude.store.Unit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A unit whose features are read, not computed. On the driver only.
 *
 * @param layers by position
 */
public record ImportedUnit(Unit unit, BatchPlan batch, List<FoundFeatures> layers) {
  public ImportedUnit {
    layers = List.copyOf(layers);
  }

  /** Its work, as it travels. */
  public ImportTask task(SweepSpec spec) {
    return new ImportTask(
        unit,
        batch,
        IntStream.range(0, layers.size()).mapToObj(position -> layer(position, spec)).toList());
  }

  private ImportTask.Layer layer(int position, SweepSpec spec) {
    FoundFeatures found = layers.get(position);
    return new ImportTask.Layer(
        position,
        found.layer(),
        found.features(),
        found.source().holding(batch.examples()),
        ImportedPlan.keeps(found.type(), spec));
  }
}
