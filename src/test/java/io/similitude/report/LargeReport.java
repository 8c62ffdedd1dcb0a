package io.similitude.report;

import io.similitude.analysis.Accuracy;
import io.similitude.analysis.AttackSuccess;
import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.ExampleStrip;
import io.similitude.analysis.FindingsBuilder;
import io.similitude.analysis.PerturbationSize;
import io.similitude.analysis.ShownExample;
import io.similitude.analysis.ViewSeries;
import io.similitude.analysis.finding.Cell;
import io.similitude.analysis.finding.ComparedNetwork;
import io.similitude.analysis.finding.ComparedView;
import io.similitude.analysis.finding.Decision;
import io.similitude.analysis.finding.FindingKinds;
import io.similitude.analysis.finding.FindingResults;
import io.similitude.analysis.finding.FindingRow;
import io.similitude.analysis.finding.FindingStatus;
import io.similitude.analysis.finding.SummaryRules;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.analysis.finding.SweepView;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.dataset.image.ImageShape;
import io.similitude.plan.FindingPairs;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import io.similitude.spec.FindingsSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
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
      builder.tags("checkpoint-" + c, tags(c));
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

  /** One number that is decided, and one that is not. */
  static SweepFindings twoNumbers() {
    FindingRow contrast =
        number(
            "block-structure",
            "equal-lag-contrast",
            "v2",
            "checkpoint-0",
            null,
            null,
            0.24,
            FindingStatus.OK);
    FindingRow difference =
        number(
            "specialisation",
            "long-range-difference",
            "v0",
            "training=adversarial",
            "training=standard",
            "training",
            0.002,
            FindingStatus.TOO_FEW_RUNS);
    return new SweepFindings(List.of(contrast, difference), List.of());
  }

  private static FindingRow number(
      String finding,
      String statistic,
      String view,
      String a,
      String b,
      String tag,
      double value,
      FindingStatus status) {
    return new FindingRow(
        finding,
        1,
        statistic,
        Example.CKA,
        view,
        null,
        a,
        b,
        null,
        tag,
        value,
        0.007,
        4,
        null,
        1,
        1,
        value - 0.02,
        value + 0.02,
        null,
        null,
        null,
        0.2,
        b == null ? Decision.PRESENT : null,
        status,
        b == null ? "cut at layer7" : null);
  }

  /** What all findings say of the same pairs, those that findings read. */
  SweepFindings found() {
    SummaryRules rules = new SummaryRules(FindingsSpec.ALL, checkpoints <= 12, Map.of(), Set.of());
    FindingPairs wanted = new FindingPairs(true, checkpoints <= 12, Set.of());
    Map<List<CheckpointView>, List<Cell>> cells = new LinkedHashMap<>();
    rows()
        .forEachRemaining(
            row -> {
              if (wanted.wants(row.a(), row.b())) {
                cells
                    .computeIfAbsent(
                        List.of(side(row.a()), side(row.b())), key -> new ArrayList<>())
                    .add(cell(row));
              }
            });
    List<SummaryRules.Summaries> all = new ArrayList<>();
    cells.forEach((sides, of) -> all.add(rules.of(Example.CKA, sides.get(0), sides.get(1), of)));
    FindingResults results =
        FindingKinds.find(
            new SweepView(
                FindingsSpec.ALL,
                0,
                IntStream.range(0, checkpoints).mapToObj(LargeReport::network).toList(),
                IntStream.range(0, views).mapToObj(LargeReport::compared).toList(),
                all.stream().map(SummaryRules.Summaries::square).filter(Objects::nonNull).toList(),
                all.stream().map(SummaryRules.Summaries::matched).filter(Objects::nonNull).toList(),
                all.stream().map(SummaryRules.Summaries::crossed).filter(Objects::nonNull).toList(),
                List.of(),
                List.of(),
                List.of()));
    return new SweepFindings(results.rows(), results.curves());
  }

  private static CheckpointView side(Site site) {
    return new CheckpointView(site.checkpoint(), site.view());
  }

  private static ComparedNetwork network(int c) {
    return new ComparedNetwork("checkpoint-" + c, "checkpoint-" + c, tags(c));
  }

  private static Map<String, String> tags(int c) {
    return Map.of("training", c % 2 == 0 ? "standard" : "adversarial", "seed", "" + c);
  }

  private static ComparedView compared(int v) {
    return v == 0
        ? new ComparedView(view(v), null, null, null)
        : new ComparedView(view(v), "pgd-linf", v / 255.0, null);
  }

  /** Replicates scatter about the value. */
  private static Cell cell(SimilarityRow row) {
    double value = row.similarity().value().orElseThrow();
    Random random = new Random(Double.hashCode(value));
    double[] without = new double[8];
    for (int g = 0; g < without.length; g++) {
      without[g] = value == 1 ? 1 : value + 0.001 * random.nextGaussian();
    }
    return new Cell(row.a(), row.b(), Status.OK, Replicated.of(value, without));
  }

  /**
   * Writes such a report with all its findings, to be looked at.
   *
   * @param arguments checkpoints, views, layers, folder
   */
  public static void main(String[] arguments) throws IOException {
    LargeReport report =
        new LargeReport(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]));
    ReportWriter.write(report.rows(), report.builder(), report.found(), Path.of(arguments[3]));
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
