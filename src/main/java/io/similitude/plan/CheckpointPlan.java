package io.similitude.plan;

import io.similitude.program.Layer;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.Features;
import io.similitude.spec.SweepSpec;
import io.similitude.store.Unit;
import io.similitude.store.row.LayerRow;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The work for one checkpoint. On the driver only.
 *
 * @param units view by view, batch by batch
 */
public record CheckpointPlan(
    CheckpointSource source, PlannedNetwork network, List<BatchPlan.Planned> units)
    implements PlannedSites {
  public CheckpointPlan {
    units = List.copyOf(units);
  }

  /** The same with the units for another data set added. */
  CheckpointPlan with(CheckpointPlan other) {
    return new CheckpointPlan(
        source, network, Stream.concat(units.stream(), other.units.stream()).toList());
  }

  public CheckpointSpec checkpoint() {
    return source.checkpoint();
  }

  /** The tapped layers, in call order. */
  public List<Layer> layers() {
    return network.layers();
  }

  @Override
  public String id() {
    return checkpoint().id();
  }

  @Override
  public List<LayerRow> layerRows() {
    return IntStream.range(0, layers().size())
        .mapToObj(
            position -> {
              Layer layer = layers().get(position);
              return new LayerRow(
                  position, layer.name(), layer.type(), layer.shape(), network.compared(layer));
            })
        .toList();
  }

  @Override
  public List<Unit> storedUnits() {
    return units.stream().map(BatchPlan.Planned::unit).toList();
  }

  @Override
  public boolean keeps(LayerRow layer, SweepSpec spec) {
    boolean isPooled = spec.layers().features() == Features.POOLED;
    return switch (spec.activations()) {
      case FULL -> !isPooled || isPlain(layer);
      case POOLED -> isPooled || isPlain(layer);
      case NONE -> false;
    };
  }

  /** A layer without space or tokens has nothing to pool. */
  private static boolean isPlain(LayerRow layer) {
    return layer.shape().size() == 1;
  }
}
