package io.similitude.job;

import io.similitude.dataset.FoundFeatures;
import io.similitude.spec.SweepSpec;
import io.similitude.store.Unit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A unit whose features are read, not computed. On the driver only.
 *
 * @param layers by position
 */
record RepresentationUnit(Unit unit, BatchPlan batch, List<FoundFeatures> layers) {
  RepresentationUnit {
    layers = List.copyOf(layers);
  }

  /** Its work, as it travels. */
  RepresentationTask task(SweepSpec spec) {
    return new RepresentationTask(
        unit,
        batch,
        IntStream.range(0, layers.size()).mapToObj(position -> layer(position, spec)).toList());
  }

  private RepresentationTask.Layer layer(int position, SweepSpec spec) {
    FoundFeatures found = layers.get(position);
    return new RepresentationTask.Layer(
        position,
        found.layer(),
        found.features(),
        found.source().holding(batch.examples()),
        RepresentationPlan.keeps(found.type(), spec));
  }
}
