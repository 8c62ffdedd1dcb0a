package io.similitude.benchmark;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.similitude.comparison.ProductEngine;
import io.similitude.comparison.SiteVectors;
import io.similitude.network.TorchEngine;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.gram.UCentring;
import io.similitude.similarity.measure.HsicSums;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The product engine on R = 1,000 sites of n = 512 examples, two tasks side by side, against the rate
 * of a plain matrix product of the same library.
 *
 * <p>Run by {@link RatioTable}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Threads(2)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 3, time = 8)
public class ProductBenchmark {
  static final int SITES = 1000;
  static final int EXAMPLES = 512;
  static final int SQUARE = 2048;

  private SiteVectors vectors;
  private ProductEngine engine;
  private NDManager memory;
  private NDArray square;

  @Setup
  public void fill() {
    TorchEngine.configure(1);
    memory = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    square = memory.randomNormal(new Shape(SQUARE, SQUARE));
    engine = new ProductEngine();
    vectors = new SiteVectors(SITES, PackedGram.length(EXAMPLES));
    SplittableRandom random = new SplittableRandom(0);
    float[] packed = new float[PackedGram.length(EXAMPLES)];
    float[] vector = new float[packed.length];
    for (int site = 0; site < SITES; site++) {
      for (int i = 0; i < packed.length; i++) {
        packed[i] = (float) random.nextDouble();
      }
      double norm = UCentring.centreInPlace(PackedGram.of(EXAMPLES, packed), vector);
      vectors.set(site, vector, UCentring.weight(EXAMPLES, norm));
    }
  }

  @TearDown
  public void close() {
    engine.close();
    memory.close();
  }

  /** R R n (n + 1) / 2 floating-point operations: the symmetric half. */
  @Benchmark
  public HsicSums products() {
    HsicSums sums = HsicSums.ofGroup(SITES);
    engine.add(vectors, EXAMPLES, sums);
    return sums;
  }

  /** 2 m^3 floating-point operations. */
  @Benchmark
  public void sgemm() {
    square.matMul(square).close();
  }

  static double productFlops() {
    return (double) SITES * SITES * EXAMPLES * (EXAMPLES + 1) / 2;
  }

  static double sgemmFlops() {
    return 2.0 * SQUARE * SQUARE * SQUARE;
  }
}
