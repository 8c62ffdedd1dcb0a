package io.similitude.stage;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.ExampleStrip;
import io.similitude.analysis.ShownExample;
import io.similitude.dataset.Examples;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.extraction.FirstExamples;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.CheckpointPlan;
import io.similitude.plan.SweepPlan;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.store.Unit;
import io.similitude.store.row.RowChoice;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;

/** The first examples of each perturbed view, for the report. The units stored them. */
final class ExampleStrips {
  private final SweepRun run;
  private final SweepPlan plan;
  private final SweepSpec spec;

  /**
   * @param plan a plan over one data set
   */
  ExampleStrips(SweepRun run, SweepPlan plan) {
    this.run = run;
    this.plan = plan;
    this.spec = plan.spec();
  }

  /** The strips whose units are done. A strip needs a view to compare with. */
  List<ExampleStrip> list() throws IOException {
    List<String> benign =
        spec.views().stream()
            .filter(view -> view.attack().isEmpty())
            .map(ViewSpec::id)
            .limit(1)
            .toList();
    if (benign.isEmpty() || benign.size() == spec.views().size()) {
      return List.of();
    }
    long[] ids = plan.batches().get(0).examples();
    Examples examples =
        plan.dataset()
            .orElseThrow()
            .open(run.files())
            .read(Arrays.copyOf(ids, Math.min(FirstExamples.COUNT, ids.length)));
    Map<Prediction, Integer> predicted = predicted(examples);
    List<ExampleStrip> strips = new ArrayList<>();
    for (CheckpointPlan checkpoint : plan.checkpoints()) {
      for (BatchPlan.Planned unit : checkpoint.units()) {
        if (unit.crafting().isPresent() && unit.batch().index() == 0 && isKept(unit.unit())) {
          strip(unit.unit(), examples, benign.get(0), predicted).ifPresent(strips::add);
        }
      }
    }
    return strips;
  }

  private boolean isKept(Unit unit) {
    return run.files().exists(location(unit));
  }

  /** The predicted classes of the examples, under all views of all checkpoints. */
  private Map<Prediction, Integer> predicted(Examples examples) throws IOException {
    RowChoice choice =
        RowChoice.ofColumns("checkpoint", "view", "example_id", "predicted")
            .with("checkpoint", spec.checkpoints().stream().map(CheckpointSpec::id).toList())
            .with("view", spec.views().stream().map(ViewSpec::id).toList())
            .with("example_id", Arrays.stream(examples.ids()).boxed().toList());
    Map<Prediction, Integer> predicted = new HashMap<>();
    for (Row row : run.tables().rows(Table.PREDICTIONS, choice)) {
      predicted.put(
          new Prediction(row.getAs("checkpoint"), row.getAs("view"), row.<Long>getAs("example_id")),
          row.<Integer>getAs("predicted"));
    }
    return predicted;
  }

  /**
   * Makes one strip. It is empty if the unperturbed or the perturbed examples have no predictions.
   */
  private Optional<ExampleStrip> strip(
      Unit unit, Examples examples, String benign, Map<Prediction, Integer> predicted) {
    String checkpoint = unit.key().checkpoint();
    String view = unit.key().view();
    float[] perturbed = NpyArray.read(location(unit), run.files()).floats();
    int size = examples.shape().size();
    List<ShownExample> shown = new ArrayList<>();
    for (int i = 0; i < examples.count(); i++) {
      long id = examples.ids()[i];
      int example = i;
      Integer before = predicted.get(new Prediction(checkpoint, benign, id));
      Integer after = predicted.get(new Prediction(checkpoint, view, id));
      if (before != null && after != null) {
        shown.add(
            new ShownExample(
                id,
                examples
                    .labels()
                    .map(labels -> OptionalInt.of(labels[example]))
                    .orElse(OptionalInt.empty()),
                before,
                after,
                examples.shape(),
                Arrays.copyOfRange(examples.pixels(), i * size, (i + 1) * size),
                Arrays.copyOfRange(perturbed, i * size, (i + 1) * size)));
      }
    }
    return shown.isEmpty()
        ? Optional.empty()
        : Optional.of(new ExampleStrip(new CheckpointView(checkpoint, view), shown));
  }

  private String location(Unit unit) {
    return run.folder().location() + "/" + FirstExamples.file(unit);
  }

  /** The key of a prediction: the checkpoint, the view and the example. */
  private record Prediction(String checkpoint, String view, long example) {}
}
