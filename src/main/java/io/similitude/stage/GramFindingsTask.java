package io.similitude.stage;

import io.similitude.analysis.finding.DominanceSummary;
import io.similitude.analysis.finding.DominanceSums;
import io.similitude.analysis.finding.ExampleSummaries;
import io.similitude.analysis.finding.InfluenceSummary;
import io.similitude.analysis.statistics.InfluenceSums;
import io.similitude.execution.ErrorMessages;
import io.similitude.execution.Task;
import io.similitude.plan.SiteBlock;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.gram.UCentring;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.spec.FindingsSpec;
import io.similitude.store.DamagedFile;
import io.similitude.store.GramReader;
import io.similitude.store.RunFolder;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the Gram matrices of one network under one view again. If the view has an attack, it also
 * reads those under the view without attack. It measures how first components and single examples
 * affect the similarities.
 *
 * @param measure linear minibatch CKA without bias; these findings are about this measure
 * @param plain the block of the network without attack; null if the view has no attack
 */
record GramFindingsTask(
    SiteBlock shown, SiteBlock plain, MeasureColumns measure, FindingsSpec settings)
    implements Task {

  @Override
  public String label() {
    return shown.checkpoint() + "/" + shown.view();
  }

  ExampleSummaries run(RunFolder folder) {
    try {
      return new ExampleSummaries(
          dominance(folder),
          plain == null ? List.of() : influences(folder),
          label(),
          null,
          List.of());
    } catch (IOException | RuntimeException e) {
      List<String> damaged = DamagedFile.in(e).map(DamagedFile::paths).orElse(List.of());
      return new ExampleSummaries(null, List.of(), label(), ErrorMessages.of(e), damaged);
    }
  }

  private DominanceSummary dominance(RunFolder folder) throws IOException {
    DominanceSums sums = new DominanceSums(shown.layers().size());
    for (int batch = 0; batch < shown.units().size(); batch++) {
      sums.add(grams(folder, shown, batch));
    }
    return sums.summary(measure, shown.checkpoint(), shown.view(), settings.blocks());
  }

  private List<InfluenceSummary> influences(RunFolder folder) throws IOException {
    List<UnitRow.Prediction.Outcome> before = new ArrayList<>();
    List<UnitRow.Prediction.Outcome> after = new ArrayList<>();
    for (int batch = 0; batch < plain.units().size(); batch++) {
      before.addAll(folder.predictions(plain.units().get(batch)));
      after.addAll(folder.predictions(shown.units().get(batch)));
    }
    boolean areLabelled = !before.isEmpty() && before.stream().allMatch(it -> it.label() != null);
    int classes =
        areLabelled
            ? before.stream().mapToInt(UnitRow.Prediction.Outcome::label).max().orElse(0) + 1
            : 0;
    int layers = shown.layers().size();
    List<InfluenceSums> sums =
        IntStream.range(0, layers).mapToObj(l -> new InfluenceSums(classes)).toList();
    int start = 0;
    for (int batch = 0; batch < plain.units().size(); batch++) {
      List<PackedGram> a = grams(folder, plain, batch);
      List<PackedGram> b = grams(folder, shown, batch);
      int n = a.get(0).n();
      int from = start;
      int[] labels =
          areLabelled
              ? IntStream.range(from, from + n).map(i -> before.get(i).label()).toArray()
              : null;
      for (int l = 0; l < layers; l++) {
        sums.get(l).add(centred(a.get(l)), centred(b.get(l)), n, labels);
      }
      start += n;
    }
    return summaries(sums, before, after, areLabelled, start);
  }

  private List<InfluenceSummary> summaries(
      List<InfluenceSums> sums,
      List<UnitRow.Prediction.Outcome> before,
      List<UnitRow.Prediction.Outcome> after,
      boolean areLabelled,
      int examples) {
    boolean areKnown = areLabelled && after.size() == before.size() && before.size() == examples;
    boolean[] right = areKnown ? new boolean[examples] : null;
    boolean[] fooled = areKnown ? new boolean[examples] : null;
    for (int i = 0; areKnown && i < examples; i++) {
      right[i] = before.get(i).correct();
      fooled[i] = right[i] && !after.get(i).correct();
    }
    List<Long> ids =
        before.size() == examples
            ? before.stream().map(UnitRow.Prediction.Outcome::id).toList()
            : IntStream.range(0, examples).mapToObj(i -> (long) i).toList();
    int[] labels =
        areKnown ? before.stream().mapToInt(UnitRow.Prediction.Outcome::label).toArray() : null;
    List<InfluenceSummary> summaries = new ArrayList<>();
    for (int l = 0; l < sums.size(); l++) {
      if (sums.get(l).exists()) {
        summaries.add(
            InfluenceSummary.of(
                new InfluenceSummary.Layer(
                    measure,
                    shown.checkpoint(),
                    plain.view(),
                    shown.view(),
                    shown.layers().get(l).name(),
                    l,
                    l == sums.size() - 1),
                sums.get(l),
                ids,
                labels,
                right,
                fooled));
      }
    }
    return summaries;
  }

  private static float[] centred(PackedGram gram) {
    float[] vector = new float[UCentring.length(gram.n())];
    double norm = UCentring.centre(gram, vector, 0);
    double scale = norm / Math.sqrt(2);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] * scale);
    }
    return vector;
  }

  private static List<PackedGram> grams(RunFolder folder, SiteBlock block, int batch)
      throws IOException {
    List<Integer> positions = IntStream.range(0, block.layers().size()).boxed().toList();
    List<PackedGram> grams = new ArrayList<>(positions.size());
    try (GramReader reader = folder.grams(block.units().get(batch), positions)) {
      for (UnitRow.Gram row = reader.next(); row != null; row = reader.next()) {
        grams.add(row.gram());
      }
    }
    return grams;
  }
}
