package io.similitude.benchmark;

import io.similitude.attack.Attack;
import io.similitude.attack.Attacks;
import io.similitude.attack.RandomSource;
import io.similitude.dataset.Examples;
import io.similitude.network.Network;
import io.similitude.program.Taps;
import io.similitude.spec.AttackSpec;
import io.similitude.spec.ViewSpec;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
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
 * PGD (l_inf, 10 steps) on WideResNet-16-1, 128 images a task, two tasks side by side. {@code
 * src/jmh/python/pgd_speed.py} does the same in Python.
 *
 * <p>Run by {@link RatioTable}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Threads(2)
@Fork(1)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 3, time = 8)
public class AttackBenchmark {
  static final int IMAGES = 128;
  static final int STEPS = 10;
  private static final int PASS = 64;

  private Network network;
  private Examples batch;
  private Attack attack;

  @Setup
  public void load() throws IOException {
    network = RealNetwork.load(Taps.NONE);
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
    network.close();
  }

  @Benchmark
  public Examples pgd() {
    return attack.perturb(network, batch, RandomSource.of(0, "standard", "linf"), PASS);
  }
}
