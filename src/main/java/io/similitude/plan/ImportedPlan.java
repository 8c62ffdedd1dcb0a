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
 * The work for the imported representations that have one checkpoint id in the tables. On the
 * driver only.
 *
 * @param id the checkpoint id in the tables
 * @param layers the layers of each view, in order
 * @param digest of their files
 * @param units view by view, batch by batch
 */
public record ImportedPlan(
    String id, List<FoundFeatures> layers, String digest, List<Planned> units)
    implements PlannedSites {
  /** The type of a layer that is as large as the data set and already stored. */
  private static final String PIXELS = "Pixels";

  public ImportedPlan {
    layers = List.copyOf(layers);
    units = List.copyOf(units);
  }

  /**
   * The same with the units for another data set added.
   *
   * @throws InputException if its layers differ on that data set
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

  /** Images are stored again only if all activations are wanted. */
  public static boolean keeps(String type, SweepSpec spec) {
    return switch (spec.activations()) {
      case FULL -> true;
      case POOLED -> !type.equals(PIXELS);
      case NONE -> false;
    };
  }

  /** Whether any part of it goes to the table {@code activations}. */
  static boolean keepsAny(List<FoundFeatures> layers, SweepSpec spec) {
    return spec.activations() != Activations.NONE
        && layers.stream().anyMatch(layer -> keeps(layer.type(), spec));
  }

  /**
   * A unit whose features are read from files, not computed. On the driver only.
   *
   * @param layers by position
   */
  public record Planned(Unit unit, BatchPlan batch, List<FoundFeatures> layers) {
    public Planned {
      layers = List.copyOf(layers);
    }
  }
}
