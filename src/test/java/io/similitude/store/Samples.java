package io.similitude.store;

import io.similitude.similarity.gram.GramSummary;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import io.similitude.store.row.LayerRow;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Small units and rows: three layers, batches of four examples. */
final class Samples {
  static final String DIGEST = "00112233445566778899aabbccddeeff";
  static final String NEWER = "ffeeddccbbaa99887766554433221100";
  static final int LAYERS = 3;
  static final int N = 4;
  static final MeasureValue NONE = MeasureValue.missing(Status.NEGATIVE_HSIC);

  private Samples() {}

  static RunFolder run(Path folder) {
    return RunFolder.at(folder.toString(), new Configuration());
  }

  static Unit unit(String checkpoint, int batch, String digest) {
    return new Unit(
        new UnitKey(checkpoint, "benign", batch),
        digest,
        Set.of(Table.PREDICTIONS, Table.ACTIVATIONS, Table.GRAMS));
  }

  static Unit unit(int batch) {
    return unit("standard", batch, DIGEST);
  }

  static void commit(RunWriter run, Unit unit) throws IOException {
    try (UnitWriter out = filled(run, unit)) {
      out.commit();
    }
  }

  static UnitWriter filled(RunWriter run, Unit unit) throws IOException {
    UnitWriter out = run.unit(unit);
    for (int layer = 0; layer < LAYERS; layer++) {
      out.add(gram(layer));
      for (int i = 0; i < N; i++) {
        out.add(new UnitRow.Activation(layer, "layer" + layer, i, new float[] {layer, i, 0.5f}));
      }
    }
    for (int i = 0; i < N; i++) {
      out.add(new UnitRow.Prediction(i, i == 0 ? null : i % 2, 1, new float[] {0, i}));
    }
    return out;
  }

  static UnitRow.Gram gram(int layer) {
    return gram(layer, N);
  }

  /** Values that compress badly, as a Gram's do. */
  static UnitRow.Gram gram(int layer, int n) {
    float[] values = new float[n * (n + 1) / 2];
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) Math.sin(1e4 * (layer + 1) * (k + 1));
    }
    GramSummary summary = new GramSummary(n, 1 + layer, 2 + layer, Math.sin(layer), -0.5 / n);
    return new UnitRow.Gram(layer, "layer" + layer, PackedGram.of(n, values), summary);
  }

  static List<LayerRow> layers() {
    return Arrays.asList(
        new LayerRow(0, "conv1", "Conv2d", List.of(16, 32, 32), 16384),
        new LayerRow(1, "conv1#1", "Conv2d", List.of(16, 32, 32), 16384),
        new LayerRow(2, "fc", "Linear", List.of(10), 10));
  }

  static SimilarityRow similarity(int a, int b, MeasureValue similarity) {
    return new SimilarityRow(
        new MeasureColumns("cka", "linear", "minibatch", "unbiased"),
        new Site("standard", "benign", "layer" + a, a),
        new Site("standard", "benign", "layer" + b, b),
        similarity,
        1000,
        4);
  }

  /** Writes a part of the similarities that tells nothing of what it covers. */
  static void write(RunWriter writer, Part part, List<SimilarityRow> rows) throws IOException {
    write(writer.part(part), rows);
  }

  static void write(PartWriter part, List<SimilarityRow> rows) throws IOException {
    try (part) {
      for (SimilarityRow row : rows) {
        part.add(row);
      }
      part.commit();
    }
  }
}
