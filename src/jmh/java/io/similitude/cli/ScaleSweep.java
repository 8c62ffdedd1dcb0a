package io.similitude.cli;

import io.similitude.attack.Attacks;
import io.similitude.files.FileAccess;
import io.similitude.network.GramInvariants;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.CheckpointPlan;
import io.similitude.plan.CheckpointSource;
import io.similitude.plan.PlannedNetwork;
import io.similitude.plan.SweepPlan;
import io.similitude.program.architecture.Architectures;
import io.similitude.program.Layer;
import io.similitude.similarity.gram.GramSummary;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.Features;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.reader.SweepReader;
import io.similitude.stage.CompareStage;
import io.similitude.stage.FindingsStage;
import io.similitude.stage.SweepRun;
import io.similitude.store.row.UnitRow;
import io.similitude.store.RunWriter;
import io.similitude.store.row.Table;
import io.similitude.store.Unit;
import io.similitude.store.row.UnitKey;
import io.similitude.store.UnitWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A sweep of made-up checkpoints whose Gram matrices are real files, for measuring the comparison
 * from Parquet to Parquet.
 */
public final class ScaleSweep {
  /** Matrices of which all others are sums: making each of its own would take longer than comparing. */
  private static final int DISTINCT = 48;

  private final Path folder;
  private final int layers;
  private final int examples;
  private final int batches;
  private final List<String> views;
  private final String compare;
  private final List<float[]> pool = new ArrayList<>();
  private long summaryNanos;

  /** Under one view, to compare all pairs. */
  public ScaleSweep(Path folder, int layers, int examples, int batches) {
    this(folder, layers, examples, batches, List.of("benign"), "all");
  }

  /**
   * @param compare what the spec says of it
   */
  public ScaleSweep(
      Path folder, int layers, int examples, int batches, List<String> views, String compare) {
    this.views = views;
    this.compare = compare;
    this.folder = folder;
    this.layers = layers;
    this.examples = examples;
    this.batches = batches;
    SplittableRandom random = new SplittableRandom(0);
    for (int k = 0; k < DISTINCT; k++) {
      pool.add(gram(random, 8 + random.nextInt(64)));
    }
  }

  /** Writes the Gram matrices of these checkpoints; returns their bytes. */
  public long write(int from, int to) throws IOException {
    SweepPlan plan = plan(to);
    RunWriter writer = SweepRun.folder(plan.spec()).startWriting();
    long bytes = 0;
    for (int c = from; c < to; c++) {
      for (BatchPlan.Planned unit : plan.checkpoints().get(c).units()) {
        bytes += write(writer, unit.unit(), c);
      }
    }
    writer.finish();
    return bytes;
  }

  /** The seconds of one core that went into the moments of the Gram matrices written so far. */
  public double summarySeconds() {
    return summaryNanos / 1e9;
  }

  /** Compares the first checkpoints, as the command does; returns the seconds it took. */
  public double compare(int checkpoints) throws IOException {
    long start = System.nanoTime();
    try (SweepRun run = SweepRun.of(plan(checkpoints))) {
      new CompareStage(run).execute();
      if (!run.failures().isEmpty()) {
        throw new IllegalStateException("Cannot compare: " + run.failures().get(0));
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Finds what the first checkpoints say, as the command does; returns the seconds it took. */
  public double find(int checkpoints) throws IOException {
    long start = System.nanoTime();
    try (SweepRun run = SweepRun.of(plan(checkpoints))) {
      new FindingsStage(run).execute();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private long write(RunWriter writer, Unit unit, int checkpoint) throws IOException {
    try (UnitWriter out = writer.unit(unit);
        GramInvariants invariants = new GramInvariants(Optional.empty())) {
      int view = views.indexOf(unit.key().view());
      for (int layer = 0; layer < layers; layer++) {
        int seed = ((view * 10_000 + checkpoint) * batches + unit.key().batch()) * layers + layer;
        PackedGram gram = gram(new SplittableRandom(seed));
        long start = System.nanoTime();
        GramSummary summary = invariants.summary(gram);
        summaryNanos += System.nanoTime() - start;
        out.add(new UnitRow.Gram(layer, "layer" + layer, gram, summary));
      }
      out.commit();
    }
    return (long) layers * PackedGram.length(examples) * Float.BYTES;
  }

  private SweepPlan plan(int checkpoints) {
    SweepSpec spec = spec(checkpoints);
    List<BatchPlan> batch =
        IntStream.range(0, batches).mapToObj(b -> new BatchPlan(b, new long[examples])).toList();
    List<CheckpointPlan> plans =
        spec.checkpoints().stream().map(it -> plan(it, batch)).toList();
    return new SweepPlan(
        spec, Optional.empty(), batch, 0, Optional.empty(), plans, List.of(), List.of());
  }

  private CheckpointPlan plan(CheckpointSpec checkpoint, List<BatchPlan> batch) {
    List<Layer> names =
        IntStream.range(0, layers)
            .mapToObj(k -> new Layer(k, "layer" + k, "Conv2d", List.of(1)))
            .toList();
    PlannedNetwork network =
        new PlannedNetwork(null, names, List.of(), Features.FULL, "none", "none", examples, Optional.empty(), List.of(), 0, 0, 0);
    List<BatchPlan.Planned> units =
        views.stream()
            .flatMap(
                view ->
                    batch.stream()
                        .map(
                            it ->
                                new BatchPlan.Planned(
                                    new Unit(
                                        new UnitKey(checkpoint.id(), view, it.index()),
                                        "0123456789abcdef",
                                        Set.of(Table.GRAMS)),
                                    it,
                                    Optional.empty())))
            .toList();
    return new CheckpointPlan(new CheckpointSource(checkpoint, null, "none"), network, units);
  }

  private SweepSpec spec(int checkpoints) {
    String list =
        IntStream.range(0, checkpoints)
            .mapToObj(
                c ->
                    "  - {id: c%04d, network: wrn, weights: none.pth, tags: {training: t%d}}%n"
                        .formatted(c, c % 2))
            .collect(Collectors.joining());
    String text =
        """
        sweep: scale
        output: %s
        dataset: {format: idx, images: none, labels: none, examples: %d}
        batch: %d
        networks:
          wrn: {architecture: wide-resnet, depth: 16, width: 1, classes: 10}
        checkpoints:
        %sviews:
        %scompare: %s
        """
            .formatted(
                folder,
                examples * batches,
                examples,
                list,
                views.stream()
                    .map(
                        view ->
                            view.equals("benign")
                                ? "  - {id: benign}\n"
                                : "  - {id: %s, attack: pgd-linf, epsilon: 8/255}\n".formatted(view))
                    .collect(Collectors.joining()),
                compare);
    return new SweepReader(
            Architectures.parameters(), Attacks.parameters(), FileAccess.local()::glob)
        .read("scale.yaml", text, List.of());
  }

  private PackedGram gram(SplittableRandom random) {
    float[] one = pool.get(random.nextInt(DISTINCT));
    float[] other = pool.get(random.nextInt(DISTINCT));
    float weight = (float) random.nextDouble();
    float[] sum = new float[one.length];
    for (int k = 0; k < sum.length; k++) {
      sum[k] = one[k] + weight * other[k];
    }
    return PackedGram.of(examples, sum);
  }

  /** Of normal features, centred over the batch. */
  private float[] gram(SplittableRandom random, int features) {
    double[][] x = new double[features][examples];
    for (double[] column : x) {
      double mean = 0;
      for (int i = 0; i < examples; i++) {
        column[i] = random.nextGaussian();
        mean += column[i] / examples;
      }
      for (int i = 0; i < examples; i++) {
        column[i] -= mean;
      }
    }
    float[] packed = new float[PackedGram.length(examples)];
    int at = 0;
    for (int i = 0; i < examples; i++) {
      for (int j = i; j < examples; j++) {
        double sum = 0;
        for (double[] column : x) {
          sum += column[i] * column[j];
        }
        packed[at++] = (float) sum;
      }
    }
    return packed;
  }
}
