package io.similitude.benchmark;

import ai.djl.ndarray.NDManager;
import io.similitude.comparison.ProductEngine;
import io.similitude.comparison.SiteVectors;
import io.similitude.dataset.Examples;
import io.similitude.extraction.Extraction;
import io.similitude.extraction.Extractor;
import io.similitude.extraction.Representation;
import io.similitude.network.GramInvariants;
import io.similitude.network.Network;
import io.similitude.plan.ExtractionPlan;
import io.similitude.program.LayerSelection;
import io.similitude.program.Taps;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.gram.UCentring;
import io.similitude.similarity.measure.HsicSums;
import io.similitude.spec.Activations;
import io.similitude.spec.Features;
import io.similitude.spec.LayersSpec;
import io.similitude.store.row.UnitRow;
import io.similitude.store.RunFolder;
import io.similitude.store.RunWriter;
import io.similitude.store.row.Table;
import io.similitude.store.Unit;
import io.similitude.store.row.UnitKey;
import io.similitude.store.UnitWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One batch of 512 images through WideResNet-16-1, two tasks side by side: the bare forward pass;
 * the same with all 43 layers tapped and their Gram matrices made; the same with the unit's tables
 * written. And the comparison of two such extractions.
 *
 * <p>Run by {@link RatioTable}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Threads(2)
@Fork(1)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 3, time = 5)
public class ExtractionBenchmark {
  static final int BATCH = 512;

  private static final Set<Table> TABLES =
      Set.of(Table.PREDICTIONS, Table.GRAMS, Table.ACTIVATIONS);

  private Examples batch;
  private Network bare;
  private Network tapped;
  private Extractor extractor;
  private Network pooling;
  private Extractor poolingExtractor;
  private ProductEngine engine;
  private Path folder;
  private RunWriter writer;
  private final AtomicLong units = new AtomicLong();

  @Setup
  public void load() throws IOException {
    batch = RealNetwork.examples(BATCH);
    bare = RealNetwork.load(Taps.NONE);
    ExtractionPlan grams = plan(Activations.NONE);
    tapped = RealNetwork.load(grams.passTaps());
    extractor = new Extractor(grams);
    ExtractionPlan all = plan(Activations.POOLED);
    pooling = RealNetwork.load(all.passTaps());
    poolingExtractor = new Extractor(all);
    engine = new ProductEngine();
    folder = Files.createTempDirectory("similitude-benchmark-");
    writer = RunFolder.at(folder.toString(), new Configuration()).startWriting();
  }

  @TearDown
  public void close() throws IOException {
    bare.close();
    tapped.close();
    pooling.close();
    engine.close();
    FileUtils.deleteDirectory(folder.toFile());
  }

  private static ExtractionPlan plan(Activations kept) {
    return new ExtractionPlan(
        RealNetwork.PROGRAM,
        LayerSelection.choose(LayersSpec.DEFAULT, RealNetwork.PROGRAM.layers()),
        Features.FULL,
        kept,
        BATCH,
        OptionalInt.empty());
  }

  @Benchmark
  public float[] forward() {
    try (NDManager scope = bare.newScope()) {
      return bare.forward(scope, batch).get(0).toFloatArray();
    }
  }

  @Benchmark
  public Extraction extract() {
    return extractor.extract(tapped, batch);
  }

  /** Extracts, pooled activations too, and commits the unit's three tables to the local disk. */
  @Benchmark
  public void extractAndWrite() throws IOException {
    Extraction made = poolingExtractor.extract(pooling, batch);
    String digest = "%016x".formatted(units.incrementAndGet());
    Unit unit = new Unit(new UnitKey("standard", "benign", 0), digest, TABLES);
    try (UnitWriter out = writer.unit(unit);
        GramInvariants invariants = new GramInvariants(Optional.empty())) {
      for (int i = 0; i < BATCH; i++) {
        out.add(new UnitRow.Prediction(i, 0, made.predicted(i), made.logits()[i]));
      }
      for (int position = 0; position < made.representations().size(); position++) {
        Representation layer = made.representations().get(position);
        out.add(
            new UnitRow.Gram(
                position,
                layer.layer().name(),
                layer.gram(),
                invariants.summary(layer.gram())));
        float[][] features = layer.features().orElseThrow();
        for (int i = 0; i < BATCH; i++) {
          out.add(new UnitRow.Activation(position, layer.layer().name(), i, features[i]));
        }
      }
      out.commit();
    }
  }

  /** Compares the 86 layers of two checkpoints on one batch: what follows two extractions. */
  @Benchmark
  public HsicSums compare(Layers layers) {
    SiteVectors vectors = new SiteVectors(layers.grams.size(), PackedGram.length(BATCH));
    float[] vector = new float[PackedGram.length(BATCH)];
    for (int i = 0; i < layers.grams.size(); i++) {
      double norm = UCentring.centreInPlace(layers.grams.get(i), vector);
      vectors.set(i, vector, UCentring.weight(BATCH, norm));
    }
    HsicSums sums = HsicSums.ofGroup(vectors.sites());
    engine.add(vectors, BATCH, sums);
    return sums;
  }

  /** The Gram matrices of two checkpoints. */
  @State(Scope.Benchmark)
  public static class Layers {
    List<PackedGram> grams = new ArrayList<>();

    @Setup
    public void extract(ExtractionBenchmark benchmark) {
      for (int checkpoint = 0; checkpoint < 2; checkpoint++) {
        benchmark.extract().representations().forEach(layer -> grams.add(layer.gram()));
      }
    }
  }
}
