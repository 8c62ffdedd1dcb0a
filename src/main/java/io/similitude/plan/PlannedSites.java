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
 * The representations that have one checkpoint id in the tables, whether computed or imported. On
 * the driver only.
 */
public interface PlannedSites {
  /** Merges the plans with the same id. The result is in the order of the first plan of each id. */
  static <T extends PlannedSites> List<T> merged(List<T> plans, BinaryOperator<T> merge) {
    Map<String, T> byId = new LinkedHashMap<>();
    plans.forEach(plan -> byId.merge(plan.id(), plan, merge));
    return List.copyOf(byId.values());
  }

  /** The checkpoint's id in the tables. */
  String id();

  /** The rows of the table {@code layers}. */
  List<LayerRow> layerRows();

  /** A digest of the layers' names, types and shapes. */
  default String layersDigest() {
    return new Fingerprint().withAll("layers", layerRows()).hex();
  }

  /** The units, view by view and batch by batch. */
  List<Unit> storedUnits();

  /** Whether the table {@code activations} gets the compared features of a layer. */
  boolean keeps(LayerRow layer, SweepSpec spec);
}
