package io.similitude.benchmark;

import io.similitude.attack.Attack;
import io.similitude.attack.Attacks;
import io.similitude.attack.search.RandomSource;
import io.similitude.dataset.Examples;
import io.similitude.network.Network;
import io.similitude.program.Taps;
import io.similitude.spec.AttackSpec;
import io.similitude.spec.ViewSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * PGD (l_inf, 10 steps) on WideResNet-16-1 and on a traced ResNet-18, 128 images a task, two tasks
 * side by side. {@code src/jmh/python/pgd_speed.py} does the same in Python.
 *
 * <p>Run by {@link AttackSpeed}, the first of the two by {@link RatioTable} too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Threads(AttackBenchmark.TASKS)
@Fork(1)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 3, time = 8)
public class AttackBenchmark {
  static final int TASKS = 2;
  private static final int IMAGES = 128;
  private static final int STEPS = 10;

  static final String WIDE_RESNET = "wide-resnet-16-1";

  /** What Python exported. */
  static final Path RESNET = Path.of("target/benchmark/resnet-18.pt");

  @Param({WIDE_RESNET, "resnet-18"})
  private String network;

  private Network loaded;
  private int pass;
  private Examples batch;
  private Attack attack;

  @Setup
  public void load() throws IOException {
    boolean builtIn = network.equals(WIDE_RESNET);
    loaded = builtIn ? RealNetwork.load(Taps.NONE) : RealNetwork.export(RESNET);
    pass = (builtIn ? RealNetwork.PROGRAM : RealNetwork.exported(RESNET)).examplesInGradient();
    batch = RealNetwork.examples(IMAGES);
    AttackSpec spec =
        new AttackSpec(
            "pgd-linf",
            Map.of(
                "epsilon", 16 / 255.0, "step-size", 4 / 255.0, "steps", STEPS, "random-start", false));
    attack =
        Attacks.create(new ViewSpec("linf", Optional.of(spec), Optional.empty(), false));
  }

  @TearDown
  public void close() {
    loaded.close();
  }

  /** Images x steps a second of all tasks, where one attack takes so long. */
  static double rate(double millis) {
    return TASKS * 1e3 * IMAGES * STEPS / millis;
  }

  @Benchmark
  public Examples pgd() {
    return attack.perturb(loaded, batch, RandomSource.of(0, "standard", "linf"), pass).examples();
  }
}
