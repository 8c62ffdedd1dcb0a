package io.similitude.plan;

import io.similitude.spec.NetworkSpec;
import io.similitude.spec.SweepSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a unit may take in a process of its own. Only programs that somebody exported run there:
 * they may crash or never end. A built-in network is Similitude's own program.
 */
public final class UnitLimits {
  /** For all that is not arithmetic: to start a process, to read, to write. */
  private static final long LEAST_SECONDS = 600;

  private static final long LEAST_PROBE_SECONDS = 120;

  private static final double LONGEST_SECONDS = 1e6;

  /** Six steps of two examples, each of three forward passes' work, and an attack. */
  private static final double PROBED_PASSES = 40;

  /** What a slow disk reads and writes in a second. */
  private static final double SLOWEST_BYTES = 1e7;

  /** What a single thread of a slow machine does is a hundred times as much. */
  private static final double SLOWEST_FLOPS = 1e8;

  private final SweepSpec spec;
  private final ExtractionFlops flops;

  public UnitLimits(SweepPlan plan) {
    this.spec = plan.spec();
    this.flops = new ExtractionFlops(plan);
  }

  /** How long a unit may take; empty where it needs no process of its own. */
  public Optional<Duration> of(CheckpointPlan checkpoint, BatchPlan.Planned unit) {
    boolean exported =
        isExported(checkpoint.source())
            || unit.crafting().filter(it -> isExported(it.adversary())).isPresent();
    return exported
        ? Optional.of(limit(spec, LEAST_SECONDS + flops.of(checkpoint, unit) / SLOWEST_FLOPS))
        : Optional.empty();
  }

  /**
   * How long a training may take; empty where it needs no process of its own. One of its steps has
   * ended before, so this is longer than any training takes.
   */
  public static Optional<Duration> of(PlannedTraining training) {
    return training.network().spec() instanceof NetworkSpec.Exported
        ? Optional.of(Duration.ofSeconds((long) LONGEST_SECONDS))
        : Optional.empty();
  }

  /** How long it may take to find out what a network of a file does, on a few examples. */
  static Duration ofProbe(SweepSpec spec, long bytes) {
    return limit(spec, LEAST_PROBE_SECONDS + bytes / SLOWEST_BYTES);
  }

  /**
   * How long it may take to find out how a network of a file trains, on a few examples.
   *
   * @param bytes of its weights
   * @param flops of one forward pass, for one example
   */
  static Duration ofTrainingProbe(SweepSpec spec, long bytes, long flops) {
    return limit(
        spec, LEAST_PROBE_SECONDS + bytes / SLOWEST_BYTES + PROBED_PASSES * flops / SLOWEST_FLOPS);
  }

  private static Duration limit(SweepSpec spec, double chosen) {
    return Duration.ofSeconds(spec.unitTimeout().orElse((int) Math.min(LONGEST_SECONDS, chosen)));
  }

  private static boolean isExported(CheckpointSource source) {
    return source.network().spec() instanceof NetworkSpec.Exported;
  }
}
