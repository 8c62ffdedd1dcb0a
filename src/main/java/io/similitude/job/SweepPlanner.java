package io.similitude.job;

import io.similitude.dataset.Batches;
import io.similitude.dataset.Dataset;
import io.similitude.dataset.Datasets;
import io.similitude.dataset.ImageShape;
import io.similitude.extraction.ExtractionPlan;
import io.similitude.files.FileAccess;
import io.similitude.program.Architectures;
import io.similitude.program.Layer;
import io.similitude.program.LayerSelection;
import io.similitude.program.Program;
import io.similitude.spec.Activations;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.InputException;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.store.FailureRow;
import io.similitude.store.Table;
import io.similitude.store.Unit;
import io.similitude.store.UnitKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Plans a sweep: what its units are and what identifies each. Reads every input once, for its
 * digest; starts no Spark job.
 */
final class SweepPlanner {
  /** Raised when the same inputs come to give other rows. */
  private static final int FORMAT = 1;

  private final SweepSpec spec;
  private final FileAccess files;

  SweepPlanner(SweepSpec spec, FileAccess files) {
    this.spec = spec;
    this.files = files;
  }

  /**
   * The plan. A checkpoint whose weights cannot be read is among its failures.
   *
   * @throws InputException if an input that everything needs is wrong
   */
  SweepPlan plan() {
    Dataset dataset = Datasets.open(spec.dataset(), files);
    Batches batches =
        Batches.plan(
            dataset.size(),
            spec.dataset().examples(),
            spec.batch(),
            spec.dataset().order(),
            spec.seed());
    List<BatchPlan> planned =
        IntStream.range(0, batches.batches().size())
            .mapToObj(i -> new BatchPlan(i, batches.batches().get(i)))
            .toList();
    Map<String, Program> programs = programs(dataset.shape());
    String datasetDigest = datasetDigest();
    List<CheckpointPlan> checkpoints = new ArrayList<>();
    List<FailureRow> failures = new ArrayList<>();
    for (CheckpointSpec checkpoint : spec.checkpoints()) {
      try {
        Program program = programs.get(checkpoint.network());
        checkpoints.add(plan(checkpoint, program, planned, datasetDigest));
      } catch (InputException e) {
        failures.add(new FailureRow(checkpoint.id(), null, null, "plan", e.getMessage()));
      }
    }
    return new SweepPlan(spec, planned, batches.leftOut(), datasetDigest, checkpoints, failures);
  }

  private Map<String, Program> programs(ImageShape shape) {
    Map<String, Program> programs = new LinkedHashMap<>();
    for (NetworkSpec network : spec.networks().values()) {
      programs.put(network.name(), Architectures.program(network, shape));
    }
    return programs;
  }

  private CheckpointPlan plan(
      CheckpointSpec checkpoint, Program program, List<BatchPlan> batches, String datasetDigest) {
    List<Layer> layers = LayerSelection.choose(spec.layers(), program.layers());
    ExtractionPlan extraction =
        new ExtractionPlan(
            program,
            layers,
            spec.layers().features(),
            spec.activations(),
            spec.batch(),
            spec.microBatch());
    String sha256 = files.sha256(checkpoint.weights());
    List<PlannedUnit> units = new ArrayList<>();
    for (ViewSpec view : spec.views()) {
      for (BatchPlan batch : batches) {
        String digest =
            new Digest()
                .with("format", FORMAT)
                .with("weights", sha256)
                .with("program", program.digest(extraction.passTaps()))
                .with("micro-batch", Math.min(batch.count(), extraction.microBatch()))
                .with("features", spec.layers().features())
                .with("activations", spec.activations())
                .with("view", view)
                .with("dataset", datasetDigest)
                .with("examples", Arrays.toString(batch.examples()))
                .hex();
        UnitKey key = new UnitKey(checkpoint.id(), view.id(), batch.index());
        units.add(new PlannedUnit(new Unit(key, digest, tables(spec.activations())), batch));
      }
    }
    String layersDigest = new Digest().with("layers", layers).hex();
    return new CheckpointPlan(checkpoint, sha256, program, layers, layersDigest, extraction, units);
  }

  private static Set<Table> tables(Activations activations) {
    Set<Table> tables = EnumSet.of(Table.PREDICTIONS, Table.GRAMS);
    if (activations != Activations.NONE) {
      tables.add(Table.ACTIVATIONS);
    }
    return tables;
  }

  /** Of what the data set holds and how it is shown; how many are taken is the batches' matter. */
  private String datasetDigest() {
    DatasetSpec dataset = spec.dataset();
    return new Digest()
        .with("format", dataset.format())
        .with("images", files.sha256(dataset.images()))
        .with("labels", dataset.labels().map(files::sha256).orElse("none"))
        .with("transforms", dataset.transforms())
        .hex();
  }
}
