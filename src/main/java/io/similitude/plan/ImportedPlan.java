package io.similitude.plan;

import io.similitude.dataset.imported.FoundFeatures;
import io.similitude.files.Fingerprint;
import io.similitude.input.InputException;
import io.similitude.spec.Activations;
import io.similitude.spec.SweepSpec;
import io.similitude.store.Unit;
import io.similitude.store.row.LayerRow;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is to be done with the representations that stand in the tables under one checkpoint's id.
 * On the driver only.
 *
 * @param id what the tables call what made them
 * @param layers of each view, in order
 * @param digest of their files
 * @param units view by view, batch by batch
 */
public record ImportedPlan(
    String id, List<FoundFeatures> layers, String digest, List<Planned> units)
    implements PlannedSites {
  /** The type of a layer that is as large as the data set, and is there already. */
  private static final String PIXELS = "Pixels";

  public ImportedPlan {
    layers = List.copyOf(layers);
    units = List.copyOf(units);
  }

  /**
   * The same with the units over another data set.
   *
   * @throws InputException if the layers are others there
   */
  ImportedPlan with(ImportedPlan other) {
    if (!layerRows().equals(other.layerRows())) {
      throw new InputException(
          "Cannot compare representations of %s: its layers over one data set are %s, and over another %s (give one of them another checkpoint: ID)"
              .formatted(id, layerRows(), other.layerRows()));
    }
    return new ImportedPlan(
        id,
        layers,
        new Fingerprint().with("files", digest).with("files", other.digest).hex(),
        Stream.concat(units.stream(), other.units.stream()).toList());
  }

  @Override
  public List<LayerRow> layerRows() {
    return IntStream.range(0, layers.size())
        .mapToObj(
            position -> {
              FoundFeatures layer = layers.get(position);
              return new LayerRow(
                  position, layer.layer(), layer.type(), layer.shape(), layer.features());
            })
        .toList();
  }

  @Override
  public List<Unit> storedUnits() {
    return units.stream().map(Planned::unit).toList();
  }

  @Override
  public boolean keeps(LayerRow layer, SweepSpec spec) {
    return keeps(layer.type(), spec);
  }

  /** Images are written again only where everything is wanted. */
  public static boolean keeps(String type, SweepSpec spec) {
    return switch (spec.activations()) {
      case FULL -> true;
      case POOLED -> !type.equals(PIXELS);
      case NONE -> false;
    };
  }

  /** Whether anything of it goes to the table {@code activations}. */
  static boolean keepsAny(List<FoundFeatures> layers, SweepSpec spec) {
    return spec.activations() != Activations.NONE
        && layers.stream().anyMatch(layer -> keeps(layer.type(), spec));
  }

  /**
   * A unit whose features are read, not computed. On the driver only.
   *
   * @param layers by position
   */
  public record Planned(Unit unit, BatchPlan batch, List<FoundFeatures> layers) {
    public Planned {
      layers = List.copyOf(layers);
    }
  }
}
