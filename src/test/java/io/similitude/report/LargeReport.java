package io.similitude.report;

import io.similitude.analysis.Accuracy;
import io.similitude.analysis.AttackSuccess;
import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.ExampleStrip;
import io.similitude.analysis.FindingSentence;
import io.similitude.analysis.FindingsBuilder;
import io.similitude.analysis.PerturbationSize;
import io.similitude.analysis.ShownExample;
import io.similitude.analysis.ViewSeries;
import io.similitude.dataset.image.ImageShape;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A report of many checkpoints under views that differ in their budgets, of made-up numbers. */
record LargeReport(int checkpoints, int views, int layers) {
  private static final long SEED = 1;

  List<CheckpointView> order() {
    List<CheckpointView> order = new ArrayList<>();
    for (int c = 0; c < checkpoints; c++) {
      for (int v = 0; v < views; v++) {
        order.add(new CheckpointView("checkpoint-" + c, view(v)));
      }
    }
    return order;
  }

  FindingsBuilder builder() {
    FindingsBuilder builder =
        new FindingsBuilder("large", order(), FindingsBuilder.DEFAULT_MAX_HEATMAPS);
    for (int c = 0; c < checkpoints; c++) {
      String training = c % 2 == 0 ? "standard" : "adversarial";
      builder.tags("checkpoint-" + c, Map.of("training", training, "seed", "" + c / 2));
    }
    IntStream.range(1, views)
        .forEach(v -> builder.view(view(v), "pgd-linf, epsilon " + v + "/255"));
    if (views > 2) {
      builder.add(
          new ViewSeries(
              "pgd-linf, steps 10",
              "epsilon",
              IntStream.range(1, views)
                  .mapToObj(v -> new ViewSeries.Step(view(v), v / 255.0, v + "/255"))
                  .toList()));
    }
    order().forEach(shown -> add(builder, shown));
    return builder.provenance("seed", "0").provenance("Spark", "4.1.0");
  }

  private static void add(FindingsBuilder builder, CheckpointView shown) {
    int v = Integer.parseInt(shown.view().substring(1));
    Accuracy accuracy = new Accuracy(shown, 900 - 60 * v, 1000);
    if (v == 0) {
      builder.add(accuracy);
      return;
    }
    builder.add(
        accuracy
            .with(new AttackSuccess(60L * v, 900))
            .with(new PerturbationSize(v / 255.0, v * 0.31)));
    builder.add(new ExampleStrip(shown, List.of(example(0), example(1))));
  }

  private static ShownExample example(int id) {
    Random random = new Random(SEED + id);
    float[] benign = new float[28 * 28];
    float[] perturbed = new float[28 * 28];
    for (int k = 0; k < benign.length; k++) {
      benign[k] = random.nextFloat();
      perturbed[k] = benign[k] + 8 / 255f * (random.nextBoolean() ? 1 : -1);
    }
    return new ShownExample(
        id, OptionalInt.of(3), 3, 5, new ImageShape(1, 28, 28), benign, perturbed);
  }

  static List<FindingSentence> sentences() {
    return List.of(
        new FindingSentence(
            "Under v2 checkpoint-0 falls into two stretches, cut at layer7.",
            "0.240 \u00b1 0.007",
            "1,000 images in 4 batches",
            "heatmap-checkpoint-0-v2-vs-checkpoint-0-v2",
            "findings.csv",
            true),
        new FindingSentence(
            "Long-range similarity of checkpoint-1 and checkpoint-0 differs by",
            "0.002 \u00b1 0.004",
            "1,000 images in 4 batches; one run each",
            "",
            "",
            false));
  }

  /** All pairs of all layers, none held. */
  Iterator<SimilarityRow> rows() {
    Random random = new Random(SEED);
    List<CheckpointView> order = order();
    return IntStream.range(0, order.size())
        .boxed()
        .flatMap(
            a ->
                IntStream.range(a, order.size())
                    .boxed()
                    .flatMap(b -> pair(order.get(a), order.get(b), random)))
        .iterator();
  }

  private Stream<SimilarityRow> pair(CheckpointView a, CheckpointView b, Random random) {
    return IntStream.range(0, layers)
        .boxed()
        .flatMap(
            i ->
                IntStream.range(a.equals(b) ? i : 0, layers)
                    .mapToObj(j -> row(a, i, b, j, random)));
  }

  private SimilarityRow row(CheckpointView a, int i, CheckpointView b, int j, Random random) {
    boolean isOne = a.equals(b) && i == j;
    double lag = Math.abs(i - j) / (double) layers;
    double other = a.equals(b) ? 0 : 0.12;
    double value = isOne ? 1 : 0.95 - 0.8 * lag - other + 0.04 * random.nextGaussian();
    return new SimilarityRow(
        Example.CKA,
        site(a, i),
        site(b, j),
        MeasureValue.of(value, isOne ? 0 : 0.002 + 0.004 * random.nextDouble()),
        new Significance(
            OptionalDouble.of(0.01),
            OptionalDouble.of(40 * value + random.nextGaussian()),
            OptionalDouble.of(random.nextDouble() * 1e-3),
            OptionalDouble.of(Math.pow(10, -9 * random.nextDouble()))),
        1000,
        4);
  }

  private static Site site(CheckpointView shown, int layer) {
    String name =
        "block%d.layer.%d.conv%d".formatted(1 + layer / 14, layer % 14 / 4, 1 + layer % 4);
    return new Site(shown.checkpoint(), shown.view(), name, layer);
  }

  private static String view(int v) {
    return "v" + v;
  }
}
