package io.similitude.job;

import io.similitude.program.Layer;
import io.similitude.spec.CheckpointSpec;
import io.similitude.store.LayerRow;
import io.similitude.store.Unit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is to be done with one checkpoint. On the driver only.
 *
 * @param units view by view, batch by batch
 */
record CheckpointPlan(CheckpointSource source, PlannedNetwork network, List<PlannedUnit> units) {
  CheckpointPlan {
    units = List.copyOf(units);
  }

  CheckpointSpec checkpoint() {
    return source.checkpoint();
  }

  /** Those that are tapped, in call order. */
  List<Layer> layers() {
    return network.layers();
  }

  /** Of their names, types and shapes. */
  String layersDigest() {
    return new Digest().with("layers", layers()).hex();
  }

  /** The rows of the table {@code layers}. */
  List<LayerRow> layerRows() {
    return IntStream.range(0, layers().size())
        .mapToObj(
            position -> {
              Layer layer = layers().get(position);
              return new LayerRow(
                  position, layer.name(), layer.type(), layer.shape(), layer.features());
            })
        .toList();
  }

  List<Unit> storedUnits() {
    return units.stream().map(PlannedUnit::unit).toList();
  }
}
