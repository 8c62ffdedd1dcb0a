package io.similitude.job;

import io.similitude.extraction.ExtractionPlan;
import io.similitude.program.Layer;
import io.similitude.program.Program;
import io.similitude.spec.CheckpointSpec;
import io.similitude.store.LayerRow;
import io.similitude.store.Unit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is to be done with one checkpoint. On the driver only.
 *
 * @param sha256 of the file of weights
 * @param layers that are tapped, in call order
 * @param layersDigest of their names, types and shapes
 * @param units view by view, batch by batch
 */
record CheckpointPlan(
    CheckpointSpec checkpoint,
    String sha256,
    Program program,
    List<Layer> layers,
    String layersDigest,
    ExtractionPlan extraction,
    List<PlannedUnit> units) {
  CheckpointPlan {
    layers = List.copyOf(layers);
    units = List.copyOf(units);
  }

  /** The rows of the table {@code layers}. */
  List<LayerRow> layerRows() {
    return IntStream.range(0, layers.size())
        .mapToObj(
            position -> {
              Layer layer = layers.get(position);
              return new LayerRow(
                  position, layer.name(), layer.type(), layer.shape(), layer.features());
            })
        .toList();
  }

  List<Unit> storedUnits() {
    return units.stream().map(PlannedUnit::unit).toList();
  }
}
