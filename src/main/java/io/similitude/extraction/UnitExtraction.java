package io.similitude.extraction;

import io.similitude.attack.GradientState;
import io.similitude.attack.Perturbed;
import io.similitude.dataset.Dataset;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.network.GramInvariants;
import io.similitude.network.NetworkCache;
import io.similitude.plan.ExtractionPlan;
import io.similitude.plan.NetworkPrograms;
import io.similitude.program.LayerSelection;
import io.similitude.program.Program;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.spec.SweepSpec;
import io.similitude.store.UnitWriter;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The work of one unit on an executor: load, read, extract, write, commit. */
final class UnitExtraction {
  private final UnitTask.Job job;
  private final Optional<Integer> gpu;

  UnitExtraction(UnitTask.Job job, Optional<Integer> gpu) {
    this.job = job;
    this.gpu = gpu;
  }

  void run(UnitTask task) throws IOException {
    SweepSpec spec = job.spec();
    Dataset dataset = job.dataset().open(job.files());
    Program program =
        new NetworkPrograms(job.files(), dataset, spec).program(task.source().network());
    ExtractionPlan plan =
        new ExtractionPlan(
            program,
            LayerSelection.choose(spec.layers(), program.layers()),
            spec.layers().features(),
            spec.activations(),
            task.batch().count(),
            spec.microBatch());
    Examples examples = dataset.read(task.batch().examples());
    Perturbed inputs = shown(task, examples);
    Examples shown = inputs.examples();
    NetworkLoader loader =
        new NetworkLoader(job.files(), task.source(), program, plan.passTaps(), gpu);
    try (NetworkCache.Lease lease = ExecutorNetworks.lease(loader)) {
      Extraction extraction = new Extractor(plan).extract(lease.network(), shown);
      if (task.crafting() != null && task.batch().index() == 0) {
        FirstExamples.keep(job.writer(), task.unit(), shown);
      }
      write(task, examples, inputs, extraction);
    }
  }

  private Perturbed shown(UnitTask task, Examples examples) throws IOException {
    if (task.crafting() == null) {
      return Perturbed.none(examples);
    }
    PerturbedInputs inputs = new PerturbedInputs(job, gpu);
    return task.shared()
        ? inputs.kept(task.crafting(), examples)
        : inputs.craft(task.crafting(), examples);
  }

  private void write(UnitTask task, Examples examples, Perturbed inputs, Extraction extraction)
      throws IOException {
    Examples shown = inputs.examples();
    try (UnitWriter writer = job.writer().unit(task.unit());
        GramInvariants invariants = new GramInvariants(gpu)) {
      Rows out = row -> addWanted(writer, task, row);
      for (int i = 0; i < examples.count(); i++) {
        int example = i;
        Integer label = examples.labels().map(labels -> labels[example]).orElse(null);
        Perturbation change = Perturbation.of(examples, shown, i);
        out.add(
            new UnitRow.Prediction(
                examples.ids()[i],
                label,
                extraction.predicted(i),
                extraction.logits()[i],
                change.linf(),
                change.l2(),
                gradient(inputs.gradients().get(i))));
        if (task.unit().tables().contains(Table.INPUTS)) {
          out.add(inputRow(shown, i));
        }
      }
      for (int position = 0; position < extraction.representations().size(); position++) {
        Representation representation = extraction.representations().get(position);
        if (task.unit().tables().contains(Table.GRAMS)) {
          out.add(gramRow(position, representation, invariants));
        }
        writeFeatures(out, examples, position, representation);
      }
      writer.commit();
    }
  }

  /** Receives a row for any table. The unit may not have that table. */
  @FunctionalInterface
  private interface Rows {
    void add(UnitRow row) throws IOException;
  }

  private static void addWanted(UnitWriter writer, UnitTask task, UnitRow row) throws IOException {
    if (task.unit().tables().contains(row.table())) {
      writer.add(row);
    }
  }

  private static String gradient(GradientState state) {
    return state == GradientState.UNUSED ? null : state.keyword();
  }

  private static UnitRow.Input inputRow(Examples shown, int i) {
    ImageShape shape = shown.shape();
    return new UnitRow.Input(
        shown.ids()[i],
        List.of(shape.channels(), shape.height(), shape.width()),
        Arrays.copyOfRange(shown.pixels(), i * shape.size(), (i + 1) * shape.size()));
  }

  private static UnitRow.Gram gramRow(
      int position, Representation representation, GramInvariants invariants) {
    PackedGram gram = representation.gram();
    return new UnitRow.Gram(
        position, representation.layer().name(), gram, invariants.summary(gram));
  }

  private static void writeFeatures(
      Rows out, Examples examples, int position, Representation representation) throws IOException {
    String layer = representation.layer().name();
    if (representation.features().isPresent()) {
      float[][] features = representation.features().get();
      // There are no features if the way of pooling is unknown.
      for (int i = 0; i < features.length && features[i].length > 0; i++) {
        out.add(new UnitRow.Activation(position, layer, examples.ids()[i], features[i]));
      }
    }
  }
}
