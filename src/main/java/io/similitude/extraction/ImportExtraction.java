package io.similitude.extraction;

import io.similitude.dataset.imported.FeatureRows;
import io.similitude.input.InputException;
import io.similitude.network.GramInvariants;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.store.UnitWriter;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.util.Optional;

/** The work of one unit with imported representations: read, check, multiply, commit. */
public final class ImportExtraction {
  private final ImportTask.Job job;
  private final ImportTask task;
  private final long[] examples;
  private final Optional<Integer> gpu;

  public ImportExtraction(ImportTask.Job job, ImportTask task, Optional<Integer> gpu) {
    this.job = job;
    this.gpu = gpu;
    this.task = task;
    this.examples = task.batch().examples();
  }

  public void run() throws IOException {
    try (UnitWriter out = job.writer().unit(task.unit());
        GramInvariants invariants = new GramInvariants(gpu)) {
      for (ImportTask.Layer layer : task.layers()) {
        write(out, layer, layer.source().rows(examples, job.files()), invariants);
      }
      out.commit();
    }
  }

  private void write(
      UnitWriter out, ImportTask.Layer layer, FeatureRows rows, GramInvariants invariants)
      throws IOException {
    float[][] stored = rows.stored();
    for (int i = 0; i < rows.count(); i++) {
      check(layer, rows, i, stored[i]);
    }
    PackedGram gram = rows.gram();
    if (gram.firstNonFinite().isPresent()) {
      throw refused(
          layer,
          "batch %d has features whose squares are beyond float32 (divide them all by one number)"
              .formatted(task.batch().index()));
    }
    if (task.unit().tables().contains(Table.GRAMS)) {
      out.add(new UnitRow.Gram(layer.position(), layer.name(), gram, invariants.summary(gram)));
    }
    for (int i = 0; i < rows.count() && layer.isKept(); i++) {
      out.add(new UnitRow.Activation(layer.position(), layer.name(), examples[i], stored[i]));
    }
  }

  private void check(ImportTask.Layer layer, FeatureRows rows, int i, float[] stored) {
    if (rows.width(i) != layer.features()) {
      throw refused(
          layer,
          "example %d has %d features (must be %d, as the first has)"
              .formatted(examples[i], rows.width(i), layer.features()));
    }
    for (int j = 0; j < stored.length; j++) {
      if (!Float.isFinite(stored[j])) {
        throw refused(
            layer,
            "in batch %d, example %d has the value %s at feature %d (must be finite, and of float32's range)"
                .formatted(task.batch().index(), examples[i], rows.at(i, j), j));
      }
    }
  }

  private InputException refused(ImportTask.Layer layer, String why) {
    return new InputException(
        "Cannot compare %s/%s/%s: %s"
            .formatted(
                task.unit().key().checkpoint(), task.unit().key().view(), layer.name(), why));
  }
}
