package io.similitude.benchmark;

import ai.djl.ndarray.NDManager;
import io.similitude.dataset.Examples;
import io.similitude.extraction.Extraction;
import io.similitude.extraction.ExtractionPlan;
import io.similitude.extraction.Extractor;
import io.similitude.network.Network;
import io.similitude.program.LayerSelection;
import io.similitude.program.Taps;
import io.similitude.spec.Activations;
import io.similitude.spec.Features;
import io.similitude.spec.LayersSpec;
import java.io.IOException;
import java.util.OptionalInt;
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
 * One batch of 512 images through WideResNet-16-1, two tasks side by side: the bare forward pass, and
 * the same with all 43 layers tapped, their Gram matrices made and their pooled activations kept.
 *
 * <p>Run by {@link RatioTable}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Threads(2)
@Fork(1)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 4, time = 5)
public class ExtractionBenchmark {
  static final int BATCH = 512;

  private Examples batch;
  private Network bare;
  private Network tapped;
  private Extractor extractor;

  @Setup
  public void load() throws IOException {
    batch = RealNetwork.examples(BATCH);
    bare = RealNetwork.load(Taps.NONE);
    ExtractionPlan plan =
        new ExtractionPlan(
            RealNetwork.PROGRAM,
            LayerSelection.choose(LayersSpec.DEFAULT, RealNetwork.PROGRAM.layers()),
            Features.FULL,
            Activations.POOLED,
            BATCH,
            OptionalInt.empty());
    tapped = RealNetwork.load(plan.passTaps());
    extractor = new Extractor(plan);
  }

  @TearDown
  public void close() {
    bare.close();
    tapped.close();
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
}
