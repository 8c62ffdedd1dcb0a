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

/** The task to read one unit's features. It is sent to an executor. */
public record ImportTask(Unit unit, BatchPlan batch, List<Layer> layers) implements Task {
  public ImportTask {
    layers = List.copyOf(layers);
  }

  /** The task for a planned unit. */
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
   * * One layer of the unit.
   *
   * @param features the number of features of one example
   * @param isKept whether the features are written to the table {@code activations}
   */
  public record Layer(
      int position, String name, long features, FeatureSource source, boolean isKept)
      implements Serializable {}

  @Override
  public String label() {
    return unit.key().toString();
  }

  /** The data that all units with imported representations share on the executors. */
  public record Job(FileAccess files, RunWriter writer) implements Serializable {}
}
