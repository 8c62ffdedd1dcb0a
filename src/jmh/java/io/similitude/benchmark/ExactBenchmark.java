package io.similitude.benchmark;

import io.similitude.comparison.ExactEngine;
import io.similitude.network.TorchEngine;
import io.similitude.similarity.gram.CentredBatch;
import io.similitude.similarity.gram.MatrixProducts;
import io.similitude.similarity.gram.Vectors;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Exact CKA's tiles of n = 256 examples and p = 512 features, and the products of those of R = 64
 * sites, on one core: by the engine, and by Java's loops as they were before.
 *
 * <p>{@code mvn -q -Pbenchmark -Dbenchmark=ExactBenchmark verify}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 3, time = 3)
public class ExactBenchmark {
  private static final int SITES = 64;
  private static final int EXAMPLES = 256;
  private static final int FEATURES = 512;

  private final SplittableRandom random = new SplittableRandom(0);
  private ExactEngine engine;
  private CentredBatch x;
  private CentredBatch y;
  private double[][] tiles;

  public static void main(String[] arguments) throws RunnerException {
    Rounds rounds =
        Rounds.run(new OptionsBuilder().include("io.similitude.benchmark.ExactBenchmark").build());
    double tile = 2.0 * EXAMPLES * EXAMPLES * FEATURES / 1e6;
    double half = (double) SITES * SITES * EXAMPLES * EXAMPLES / 1e6;
    row("tiles, engine", tile / rounds.millis("ExactBenchmark.tile"));
    row("tiles, Java", tile / rounds.millis("ExactBenchmark.tileInJava"));
    row("products of pairs, engine, of the half", half / rounds.millis("ExactBenchmark.pairs"));
    row("products of pairs, Java, of the half", half / rounds.millis("ExactBenchmark.pairsInJava"));
  }

  @Setup
  public void fill() {
    TorchEngine.configure(1);
    engine = new ExactEngine(Optional.empty());
    x = new CentredBatch(EXAMPLES, FEATURES, numbers(EXAMPLES * FEATURES));
    y = new CentredBatch(EXAMPLES, FEATURES, numbers(EXAMPLES * FEATURES));
    tiles = new double[SITES][];
    for (int site = 0; site < SITES; site++) {
      tiles[site] = numbers(EXAMPLES * EXAMPLES);
    }
  }

  @TearDown
  public void close() {
    engine.close();
  }

  /** 2 n n p floating-point operations. */
  @Benchmark
  public double[] tile() {
    return engine.gram(x, y);
  }

  @Benchmark
  public double[] tileInJava() {
    double[] columns = new double[EXAMPLES * FEATURES];
    for (int i = 0; i < EXAMPLES; i++) {
      for (int j = 0; j < FEATURES; j++) {
        columns[j * EXAMPLES + i] = y.rows()[i * FEATURES + j];
      }
    }
    double[] tile = new double[EXAMPLES * EXAMPLES];
    MatrixProducts.add(tile, EXAMPLES, EXAMPLES, FEATURES, x.rows(), 0, FEATURES, 1, columns);
    return tile;
  }

  /** R R n n floating-point operations: the symmetric half. */
  @Benchmark
  public double[] pairs() {
    return engine.tiles(tiles, tiles, (i, j) -> j > i);
  }

  @Benchmark
  public double pairsInJava() {
    double sum = 0;
    for (int i = 0; i < SITES; i++) {
      for (int j = i + 1; j < SITES; j++) {
        sum += Vectors.dot(tiles[i], tiles[j]);
      }
    }
    return sum;
  }

  private double[] numbers(int count) {
    return random.doubles(count, -1, 1).toArray();
  }

  private static void row(String what, double gigaflops) {
    System.out.printf(Locale.ROOT, "%-40s %10.1f GFLOP/s%n", what, gigaflops);
  }
}
