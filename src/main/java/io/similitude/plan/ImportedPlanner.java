package io.similitude.plan;

import static java.util.stream.Collectors.joining;

import io.similitude.dataset.imported.Alignment;
import io.similitude.dataset.imported.FoundFeatures;
import io.similitude.dataset.imported.ImportedRepresentations;
import io.similitude.files.Fingerprint;
import io.similitude.input.InputException;
import io.similitude.spec.RepresentationSource;
import io.similitude.spec.RepresentationSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.store.StageName;
import io.similitude.store.Unit;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the representations that were made elsewhere and plans their units. If one cannot be used,
 * all representations with its checkpoint's id fail. The others are not affected.
 */
final class ImportedPlanner {
  /** Increment when the same files would produce different rows. */
  private static final int FORMAT = 4;

  private final SweepSpec spec;
  private final ImportedRepresentations representations;
  private final Map<String, Map<String, List<FoundFeatures>>> found = new LinkedHashMap<>();
  private final List<FailureRow> failures = new ArrayList<>();

  ImportedPlanner(SweepSpec spec, ImportedRepresentations representations) {
    this.spec = spec;
    this.representations = representations;
  }

  /**
   * Finds the representations that have the examples of the sweep.
   *
   * @param examples the examples of the data set that are used
   */
  ImportedPlanner find(Alignment alignment, long... examples) {
    Set<String> failed = new HashSet<>();
    for (RepresentationSpec representation : spec.representations()) {
      String id = id(representation);
      try {
        for (FoundFeatures features : representations.find(representation, examples)) {
          id = features.checkpoint();
          alignment.require(features);
          add(features);
        }
      } catch (InputException e) {
        failed.add(id);
        failures.add(FailureRow.of(id, StageName.PLAN, e.getMessage()));
      }
    }
    found.keySet().removeAll(failed);
    requireSameLayers();
    return this;
  }

  List<FailureRow> failures() {
    return List.copyOf(failures);
  }

  List<ImportedPlan> plan(List<BatchPlan> batches) {
    return found.entrySet().stream().map(it -> plan(it.getKey(), it.getValue(), batches)).toList();
  }

  private static String id(RepresentationSpec representation) {
    String place =
        representation.source() instanceof RepresentationSource.Activations table
            ? table.path()
            : representation.name();
    return representation.checkpoint().orElse(place);
  }

  private void add(FoundFeatures features) {
    boolean isOurs =
        spec.checkpoints().stream().anyMatch(it -> it.id().equals(features.checkpoint()));
    if (isOurs) {
      throw new InputException(
          "Cannot take the activations of %s from %s: the spec has a checkpoint of that id (name the folder checkpoint=%s itself, and another checkpoint: ID)"
              .formatted(features.checkpoint(), features.location(), features.checkpoint()));
    }
    List<FoundFeatures> layers =
        found
            .computeIfAbsent(features.checkpoint(), id -> new LinkedHashMap<>())
            .computeIfAbsent(features.view(), view -> new ArrayList<>());
    if (layers.stream().anyMatch(layer -> layer.layer().equals(features.layer()))) {
      throw new InputException(
          "Cannot take representation %s from %s: it exists already (each has one source)"
              .formatted(features.name(), features.location()));
    }
    layers.add(features);
  }

  /**
   * A checkpoint must have the same layers under every view. Otherwise its layers would have wrong
   * positions.
   */
  private void requireSameLayers() {
    List<String> failed = new ArrayList<>();
    found.forEach(
        (id, views) -> {
          List<String> kinds = views.values().stream().map(ImportedPlanner::layers).toList();
          if (kinds.stream().distinct().count() > 1) {
            failed.add(id);
            failures.add(FailureRow.of(id, StageName.PLAN, differ(id, views, kinds)));
          }
        });
    failed.forEach(found::remove);
  }

  private static String differ(
      String id, Map<String, List<FoundFeatures>> views, List<String> kinds) {
    List<String> names = List.copyOf(views.keySet());
    int other = 1;
    while (kinds.get(other).equals(kinds.get(0))) {
      other++;
    }
    return "Cannot compare representations of %s: view %s has the layers %s, and view %s has %s (give every view the same, in one order, or another checkpoint: ID)"
        .formatted(id, names.get(0), kinds.get(0), names.get(other), kinds.get(other));
  }

  private static String layers(List<FoundFeatures> layers) {
    return layers.stream().map(it -> it.layer() + " " + it.shape()).collect(joining(", "));
  }

  private ImportedPlan plan(
      String id, Map<String, List<FoundFeatures>> views, List<BatchPlan> batches) {
    Fingerprint files = new Fingerprint();
    List<ImportedPlan.Planned> units = new ArrayList<>();
    views.forEach(
        (view, layers) -> {
          layers.forEach(layer -> files.with(view + "/" + layer.layer(), layer.digest()));
          for (BatchPlan batch : batches) {
            units.add(unit(new UnitKey(id, view, batch.index()), batch, layers));
          }
        });
    return new ImportedPlan(id, views.values().iterator().next(), files.hex(), units);
  }

  private ImportedPlan.Planned unit(UnitKey key, BatchPlan batch, List<FoundFeatures> layers) {
    Fingerprint digest =
        new Fingerprint()
            .with("format", FORMAT)
            .with("activations", spec.activations())
            .with("examples", batch.examples());
    layers.forEach(layer -> digest.with("layer", layer.layer()).with("file", layer.digest()));
    Set<Table> tables = EnumSet.noneOf(Table.class);
    if (!batch.isRest()) {
      tables.add(Table.GRAMS);
    }
    if (ImportedPlan.keepsAny(layers, spec)) {
      tables.add(Table.ACTIVATIONS);
    }
    return new ImportedPlan.Planned(new Unit(key, digest.hex(), tables), batch, layers);
  }
}
