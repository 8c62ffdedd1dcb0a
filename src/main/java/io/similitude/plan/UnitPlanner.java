package io.similitude.plan;

import io.similitude.attack.Attacks;
import io.similitude.files.Fingerprint;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.store.StageName;
import io.similitude.store.Unit;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans the units of a checkpoint: view by view, batch by batch, each with its digest. */
final class UnitPlanner {
  /** Increment when the same inputs would produce different rows. */
  private static final int FORMAT = 3;

  /** Increment when the same inputs would be perturbed in another way. */
  private static final int PERTURBED_FORMAT = 2;

  private final SweepSpec spec;
  private final Map<String, FoundCheckpoint> found;
  private final String datasetDigest;

  /**
   * @param found the checkpoints that can be read, by id
   */
  UnitPlanner(SweepSpec spec, Map<String, FoundCheckpoint> found, String datasetDigest) {
    this.spec = spec;
    this.found = found;
    this.datasetDigest = datasetDigest;
  }

  /**
   * The plan of a checkpoint.
   *
   * @param failures gets the views that cannot be shown
   */
  CheckpointPlan plan(
      FoundCheckpoint checkpoint, List<BatchPlan> batches, List<FailureRow> failures) {
    List<BatchPlan.Planned> units = new ArrayList<>();
    for (ViewSpec view : spec.views()) {
      String adversary = view.craftOn().orElse(checkpoint.id());
      Optional<String> obstacle = obstacle(view, adversary);
      if (obstacle.isPresent()) {
        failures.add(unshown(checkpoint, view, obstacle.get()));
      } else {
        for (BatchPlan batch : batches) {
          units.add(unit(checkpoint, found.get(adversary), view, batch));
        }
      }
    }
    return new CheckpointPlan(checkpoint.source(), checkpoint.network(), units);
  }

  private BatchPlan.Planned unit(
      FoundCheckpoint checkpoint, FoundCheckpoint adversary, ViewSpec view, BatchPlan batch) {
    Optional<Perturbing> crafting = view.attack().map(attack -> crafting(view, adversary, batch));
    Fingerprint digest =
        new Fingerprint()
            .with("format", FORMAT)
            .with("weights", checkpoint.source().weightsDigest())
            .with("network", checkpoint.network().digest())
            .with("micro-batch", Math.min(batch.count(), checkpoint.network().microBatch()))
            .with("features", spec.layers().features())
            .with("activations", spec.activations())
            .with("crafting", crafting.map(Perturbing::digest).orElse("none"))
            .with("keep-inputs", view.keepInputs());
    withExamples(digest, batch);
    UnitKey key = new UnitKey(checkpoint.id(), view.id(), batch.index());
    return new BatchPlan.Planned(
        new Unit(key, digest.hex(), tables(view, batch, checkpoint.network())), batch, crafting);
  }

  private Perturbing crafting(ViewSpec view, FoundCheckpoint adversary, BatchPlan batch) {
    Fingerprint digest =
        new Fingerprint()
            .with("format", PERTURBED_FORMAT)
            .with("attack", Perturbing.attack(view))
            .with("checkpoint", adversary.id())
            .with("weights", adversary.source().weightsDigest())
            .with("network", adversary.network().attackedDigest())
            .with("seed", spec.seed())
            .with("gradients", "told");
    withExamples(digest, batch);
    return new Perturbing(view, adversary.source(), digest.hex());
  }

  private void withExamples(Fingerprint digest, BatchPlan batch) {
    digest.with("dataset", datasetDigest).with("examples", batch.examples());
  }

  /** Why a view cannot be crafted against a checkpoint; empty if it can. */
  private Optional<String> obstacle(ViewSpec view, String adversary) {
    FoundCheckpoint attacked = found.get(adversary);
    if (attacked == null) {
      return Optional.of("it is crafted on %s, which cannot be read".formatted(adversary));
    }
    return attacked
        .network()
        .batchDependence()
        .filter(why -> view.attack().isPresent() && Attacks.create(view).usesLabels())
        .map(
            why ->
                "it is crafted on %s, where an image's gradient depends on the other images (%s; craft-on: another checkpoint)"
                    .formatted(adversary, why));
  }

  private static FailureRow unshown(FoundCheckpoint checkpoint, ViewSpec view, String why) {
    return new FailureRow(
        checkpoint.id(),
        view.id(),
        null,
        StageName.PLAN,
        "Cannot show view %s: %s".formatted(view.id(), why));
  }

  private Set<Table> tables(ViewSpec view, BatchPlan batch, PlannedNetwork network) {
    if (batch.isRest()) {
      return EnumSet.of(Table.ACTIVATIONS);
    }
    Set<Table> tables = EnumSet.of(Table.PREDICTIONS, Table.GRAMS);
    if (network.keepsAny(spec.activations())) {
      tables.add(Table.ACTIVATIONS);
    }
    if (view.keepInputs()) {
      tables.add(Table.INPUTS);
    }
    return tables;
  }
}
