package io.similitude.plan;

import io.similitude.files.Fingerprint;
import io.similitude.spec.SweepSpec;
import io.similitude.store.Unit;
import io.similitude.store.row.LayerRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * What stands in the tables under one checkpoint's id, wherever it was made. On the driver only.
 */
public interface PlannedSites {
  /** Those of one id made into one, in the order of their first ones. */
  static <T extends PlannedSites> List<T> merged(List<T> plans, BinaryOperator<T> merge) {
    Map<String, T> byId = new LinkedHashMap<>();
    plans.forEach(plan -> byId.merge(plan.id(), plan, merge));
    return List.copyOf(byId.values());
  }

  /** What the tables call the checkpoint. */
  String id();

  /** The rows of the table {@code layers}. */
  List<LayerRow> layerRows();

  /** Of their names, types and shapes. */
  default String layersDigest() {
    return new Fingerprint().withAll("layers", layerRows()).hex();
  }

  /** View by view, batch by batch. */
  List<Unit> storedUnits();

  /** Whether the table {@code activations} gets the features of a layer as they are compared. */
  boolean keeps(LayerRow layer, SweepSpec spec);
}
