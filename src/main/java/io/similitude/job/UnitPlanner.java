package io.similitude.job;

import io.similitude.extraction.ExtractionPlan;
import io.similitude.program.Layer;
import io.similitude.program.LayerSelection;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.spec.Activations;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.store.FailureRow;
import io.similitude.store.Table;
import io.similitude.store.Unit;
import io.similitude.store.UnitKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans the units of a checkpoint: view by view, batch by batch, each with its digest. */
final class UnitPlanner {
  /** Raised when the same inputs come to give other rows. */
  private static final int FORMAT = 1;

  private final SweepSpec spec;
  private final Map<String, Program> programs;
  private final Map<String, String> weights;
  private final String datasetDigest;

  /**
   * @param programs by the network's name
   * @param weights SHA-256 by the checkpoint's id, of those that can be read
   */
  UnitPlanner(
      SweepSpec spec,
      Map<String, Program> programs,
      Map<String, String> weights,
      String datasetDigest) {
    this.spec = spec;
    this.programs = programs;
    this.weights = weights;
    this.datasetDigest = datasetDigest;
  }

  /**
   * The plan of a checkpoint.
   *
   * @param failures gets the views that cannot be shown
   */
  CheckpointPlan plan(
      CheckpointSpec checkpoint, List<BatchPlan> batches, List<FailureRow> failures) {
    Program program = programs.get(checkpoint.network());
    List<Layer> layers = LayerSelection.choose(spec.layers(), program.layers());
    ExtractionPlan extraction =
        new ExtractionPlan(
            program,
            layers,
            spec.layers().features(),
            spec.activations(),
            spec.batch(),
            spec.microBatch());
    List<PlannedUnit> units = new ArrayList<>();
    for (ViewSpec view : spec.views()) {
      CheckpointSpec adversary = adversary(view, checkpoint);
      if (weights.containsKey(adversary.id())) {
        for (BatchPlan batch : batches) {
          units.add(unit(checkpoint, adversary, view, batch, extraction));
        }
      } else {
        failures.add(unshown(checkpoint, view, adversary));
      }
    }
    return new CheckpointPlan(
        checkpoint,
        weights.get(checkpoint.id()),
        program,
        layers,
        new Digest().with("layers", layers).hex(),
        extraction,
        units);
  }

  private PlannedUnit unit(
      CheckpointSpec checkpoint,
      CheckpointSpec adversary,
      ViewSpec view,
      BatchPlan batch,
      ExtractionPlan extraction) {
    Optional<Crafting> crafting = view.attack().map(attack -> crafting(view, adversary, batch));
    Program program = programs.get(checkpoint.network());
    Digest digest =
        new Digest()
            .with("format", FORMAT)
            .with("weights", weights.get(checkpoint.id()))
            .with("program", program.digest(extraction.passTaps()))
            .with("layers", program.layers())
            .with("micro-batch", Math.min(batch.count(), extraction.microBatch()))
            .with("features", spec.layers().features())
            .with("activations", spec.activations())
            .with("crafting", crafting.map(Crafting::digest).orElse("none"))
            .with("keep-inputs", view.keepInputs());
    withExamples(digest, batch);
    UnitKey key = new UnitKey(checkpoint.id(), view.id(), batch.index());
    return new PlannedUnit(new Unit(key, digest.hex(), tables(view)), batch, crafting);
  }

  private Crafting crafting(ViewSpec view, CheckpointSpec adversary, BatchPlan batch) {
    Program program = programs.get(adversary.network());
    Digest digest =
        new Digest()
            .with("format", FORMAT)
            .with("attack", view.attack().orElseThrow())
            .with("checkpoint", adversary.id())
            .with("weights", weights.get(adversary.id()))
            .with("program", program.digest(Taps.NONE))
            .with("layers", program.layers())
            .with("seed", spec.seed());
    withExamples(digest, batch);
    CheckpointSource source =
        new CheckpointSource(adversary, spec.networkOf(adversary), weights.get(adversary.id()));
    return new Crafting(view, source, digest.hex());
  }

  private void withExamples(Digest digest, BatchPlan batch) {
    digest.with("dataset", datasetDigest).with("examples", Arrays.toString(batch.examples()));
  }

  /** Against whom a view is crafted when it is shown to a checkpoint. */
  private CheckpointSpec adversary(ViewSpec view, CheckpointSpec shown) {
    return spec.checkpoints().stream()
        .filter(checkpoint -> checkpoint.id().equals(view.craftOn().orElse(shown.id())))
        .findFirst()
        .orElseThrow();
  }

  private static FailureRow unshown(
      CheckpointSpec checkpoint, ViewSpec view, CheckpointSpec adversary) {
    return new FailureRow(
        checkpoint.id(),
        view.id(),
        null,
        SweepPlanner.NAME,
        "Cannot show view %s: it is crafted on %s, which cannot be read"
            .formatted(view.id(), adversary.id()));
  }

  private Set<Table> tables(ViewSpec view) {
    Set<Table> tables = EnumSet.of(Table.PREDICTIONS, Table.GRAMS);
    if (spec.activations() != Activations.NONE) {
      tables.add(Table.ACTIVATIONS);
    }
    if (view.keepInputs()) {
      tables.add(Table.INPUTS);
    }
    return tables;
  }
}
