package io.similitude.benchmark;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.similitude.cli.ScaleSweep;
import io.similitude.comparison.ProductEngine;
import io.similitude.comparison.SiteVectors;
import io.similitude.network.TorchEngine;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.measure.HsicSums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.apache.spark.sql.SparkSession;

/**
 * The comparison at scale, from Parquet to Parquet, on two cores in one process of 4 GB heap: seconds,
 * what part of the machine's SGEMM rate that is, how they grow with batches and sites, what a
 * checkpoint more costs, and how long MLlib takes for one of the products.
 *
 * <p>Run by {@code mvn -q -Pbenchmark verify} after {@link RatioTable}: three minutes, 5 GB of disk.
 */
public final class ScaleBenchmark {
  private static final int CORES = 2;
  private static final int LAYERS = 80;
  private static final int CHECKPOINTS = 50;
  private static final int SITES = LAYERS * CHECKPOINTS;
  private static final int EXAMPLES = 256;
  private static final int BATCHES = 8;
  private static final int MLLIB_SITES = 1000;
  private static final int SQUARE = 2048;

  private ScaleBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    TorchEngine.configure(1);
    Path folder = Files.createTempDirectory("similitude-scale-");
    try (SparkSession spark =
        SparkSession.builder().master("local[" + CORES + "]").appName("scale").getOrCreate()) {
      measure(folder, JavaSparkContext.fromSparkContext(spark.sparkContext()));
    } finally {
      FileUtil.fullyDelete(folder.toFile());
    }
  }

  private static void measure(Path folder, JavaSparkContext spark) throws Exception {
    // Compiles what is measured, and starts what is started once.
    sweep(folder.resolve("warm"), 4, 2);
    double sgemm = inParallel(ScaleBenchmark::sgemm);
    print("SGEMM, GFLOP/s", sgemm);
    double half = sweep(folder.resolve("half"), CHECKPOINTS / 2, BATCHES);
    double fewer = sweep(folder.resolve("fewer"), CHECKPOINTS / 2, BATCHES / 2);
    double whole = whole(folder.resolve("whole"), sgemm);
    print("  seconds, twice the sites, times", whole / half);
    print("  seconds, twice the batches, times", half / fewer);
    print("peak resident memory, GB", peakBytes() / 1e9);
    products(sgemm);
    mllib(spark);
  }

  private static double sweep(Path folder, int checkpoints, int batches) throws IOException {
    ScaleSweep sweep = new ScaleSweep(folder, LAYERS, EXAMPLES, batches);
    sweep.write(0, checkpoints);
    double seconds = sweep.compare(checkpoints);
    FileUtil.fullyDelete(folder.toFile());
    return seconds;
  }

  private static double whole(Path folder, double sgemm) throws IOException {
    ScaleSweep sweep = new ScaleSweep(folder, LAYERS, EXAMPLES, BATCHES);
    double bytes = sweep.write(0, CHECKPOINTS);
    double moments = sweep.summarySeconds() / CORES;
    double seconds = sweep.compare(CHECKPOINTS);
    double rate = flops(SITES, BATCHES) / seconds / 1e9;
    print("4,000 sites, n = 256, 8 batches, Parquet to Parquet, seconds", seconds);
    print("  Gram matrices, GB", bytes / 1e9);
    print("  GFLOP/s of the symmetric half", rate);
    print("  of the SGEMM rate (at least 0.35)", rate / sgemm);
    print("  moments, made when the matrices are written, seconds of all cores", moments);
    print("  of the SGEMM rate, with the moments", rate / sgemm * seconds / (seconds + moments));
    print("  nanoseconds a pair and batch", seconds / (SITES / 2.0 * SITES * BATCHES) * 1e9);
    sweep.write(CHECKPOINTS, CHECKPOINTS + 1);
    double added = sweep.compare(CHECKPOINTS + 1);
    print("one checkpoint more, seconds", added);
    print("  of the first comparison (under 0.05)", added / seconds);
    FileUtil.fullyDelete(folder.toFile());
    return seconds;
  }

  /** The product alone, as the parts of the comparison cut it. */
  private static void products(double sgemm) throws Exception {
    double rate = inParallel(ScaleBenchmark::productRate);
    print("product engine, n = 256, GFLOP/s of the symmetric half", rate);
    print("  of the SGEMM rate (at least 0.60)", rate / sgemm);
  }

  private static double productRate() {
    int group = SITES / 4;
    SiteVectors rows = vectors(group);
    SiteVectors columns = vectors(group);
    HsicSums inside = HsicSums.ofGroup(group);
    HsicSums across = HsicSums.empty(group, group);
    try (ProductEngine engine = new ProductEngine()) {
      double flops = 0;
      long start = System.nanoTime();
      for (int batch = 0; batch < 2; batch++) {
        // Four groups make four parts inside and six across.
        for (int k = 0; k < 2; k++) {
          engine.add(rows, EXAMPLES, inside);
          flops += flops(group, 1);
        }
        for (int k = 0; k < 3; k++) {
          engine.add(rows, columns, EXAMPLES, across);
          flops += 2 * flops(group, 1);
        }
      }
      return flops / (System.nanoTime() - start);
    }
  }

  private static SiteVectors vectors(int sites) {
    int length = PackedGram.length(EXAMPLES);
    SiteVectors vectors = new SiteVectors(sites, length);
    float[] vector = new float[length];
    SplittableRandom random = new SplittableRandom(1);
    for (int site = 0; site < sites; site++) {
      for (int k = 0; k < length; k++) {
        vector[k] = (float) ((random.nextDouble() - 0.5) / Math.sqrt(length / 6.0));
      }
      vectors.set(site, vector, 1);
    }
    return vectors;
  }

  /** The same V V' of one batch, by MLlib: V' by rows, as its Gramian wants it. */
  private static void mllib(JavaSparkContext spark) throws Exception {
    int length = PackedGram.length(EXAMPLES);
    long start = System.nanoTime();
    new RowMatrix(
            spark
                .parallelize(Stream.iterate(0, k -> k + 1).limit(length).toList(), CORES)
                .map(ScaleBenchmark::entry)
                .rdd())
        .computeGramianMatrix();
    double seconds = (System.nanoTime() - start) / 1e9;
    double ours = inParallel(ScaleBenchmark::mllibProduct);
    print("MLlib's Gramian, 1,000 sites, 1 batch, seconds", seconds);
    print("  times the product engine's", seconds / ours);
  }

  private static Vector entry(int k) {
    SplittableRandom random = new SplittableRandom(k);
    return Vectors.dense(random.doubles(MLLIB_SITES).toArray());
  }

  /** Half of the seconds, since two of them run at once. */
  private static double mllibProduct() {
    SiteVectors sites = vectors(MLLIB_SITES);
    HsicSums sums = HsicSums.ofGroup(MLLIB_SITES);
    try (ProductEngine engine = new ProductEngine()) {
      engine.add(sites, EXAMPLES, sums);
      long start = System.nanoTime();
      engine.add(sites, EXAMPLES, sums);
      return (System.nanoTime() - start) / 1e9 / CORES / CORES;
    }
  }

  private static double sgemm() {
    try (NDManager memory = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray square = memory.randomNormal(new Shape(SQUARE, SQUARE));
      square.matMul(square).toFloatArray();
      double best = 0;
      for (int k = 0; k < 16; k++) {
        long start = System.nanoTime();
        square.matMul(square).close();
        best = Math.max(best, 2.0 * SQUARE * SQUARE * SQUARE / (System.nanoTime() - start));
      }
      return best;
    }
  }

  private static double flops(int sites, int batches) {
    return (double) sites * sites * PackedGram.length(EXAMPLES) * batches;
  }

  /** The sum over as many threads as there are cores. */
  private static double inParallel(Callable<Double> work) throws Exception {
    var threads = Executors.newFixedThreadPool(CORES);
    try {
      List<Callable<Double>> calls = new ArrayList<>();
      for (int k = 0; k < CORES; k++) {
        calls.add(work);
      }
      double sum = 0;
      for (var result : threads.invokeAll(calls)) {
        sum += result.get();
      }
      return sum;
    } finally {
      threads.shutdown();
    }
  }

  /** Of this process, by Linux's account. */
  private static double peakBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  private static void print(String what, double value) {
    System.out.printf(Locale.ROOT, "%-62s %10.2f%n", what, value);
  }
}
