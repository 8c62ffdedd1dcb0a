package io.similitude.extraction;

import io.similitude.dataset.imported.FeatureSource;
import io.similitude.dataset.imported.FoundFeatures;
import io.similitude.execution.Task;
import io.similitude.files.FileAccess;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.ImportedPlan;
import io.similitude.spec.SweepSpec;
import io.similitude.store.RunWriter;
import io.similitude.store.Unit;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/** The reading of one unit's features, as it travels to an executor. */
public record ImportTask(Unit unit, BatchPlan batch, List<Layer> layers) implements Task {
  public ImportTask {
    layers = List.copyOf(layers);
  }

  /** The reading of a planned unit. */
  public static ImportTask of(ImportedPlan.Planned unit, SweepSpec spec) {
    return new ImportTask(
        unit.unit(),
        unit.batch(),
        IntStream.range(0, unit.layers().size())
            .mapToObj(position -> layer(unit, position, spec))
            .toList());
  }

  private static Layer layer(ImportedPlan.Planned unit, int position, SweepSpec spec) {
    FoundFeatures found = unit.layers().get(position);
    return new Layer(
        position,
        found.layer(),
        found.features(),
        found.source().holding(unit.batch().examples()),
        ImportedPlan.keeps(found.type(), spec));
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

  /** What all units of representations made elsewhere share on the executors. */
  public record Job(FileAccess files, RunWriter writer) implements Serializable {}
}
