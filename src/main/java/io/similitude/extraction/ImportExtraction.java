package io.similitude.extraction;

import io.similitude.input.InputException;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.store.ActivationRow;
import io.similitude.store.GramRow;
import io.similitude.store.UnitWriter;
import java.io.IOException;

/** The work of one unit of representations made elsewhere: read, check, multiply, commit. */
public final class ImportExtraction {
  private final ImportJob job;
  private final ImportTask task;
  private final long[] examples;

  public ImportExtraction(ImportJob job, ImportTask task) {
    this.job = job;
    this.task = task;
    this.examples = task.batch().examples();
  }

  public void run() throws IOException {
    try (UnitWriter out = job.writer().unit(task.unit())) {
      for (ImportTask.Layer layer : task.layers()) {
        write(out, layer, layer.source().read(examples, job.files()));
      }
      out.commit();
    }
  }

  private void write(UnitWriter out, ImportTask.Layer layer, float[][] rows) throws IOException {
    for (int i = 0; i < rows.length; i++) {
      check(layer, rows[i], i);
    }
    PackedGram gram = PackedGram.ofFeatures(rows);
    if (gram.firstNonFinite().isPresent()) {
      throw refused(
          layer,
          "batch %d has features whose squares are beyond float32 (divide them all by one number)"
              .formatted(task.batch().index()));
    }
    out.add(new GramRow(layer.position(), layer.name(), gram));
    for (int i = 0; i < rows.length && layer.isKept(); i++) {
      out.add(new ActivationRow(layer.position(), layer.name(), examples[i], rows[i]));
    }
  }

  private void check(ImportTask.Layer layer, float[] row, int i) {
    if (row.length != layer.features()) {
      throw refused(
          layer,
          "example %d has %d features (must be %d, as the first has)"
              .formatted(examples[i], row.length, layer.features()));
    }
    for (int j = 0; j < row.length; j++) {
      if (!Float.isFinite(row[j])) {
        throw refused(
            layer,
            "in batch %d, example %d has the value %s at feature %d (must be finite, and of float32's range)"
                .formatted(task.batch().index(), examples[i], row[j], j));
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
