package io.similitude.plan;

import io.similitude.input.InputException;
import io.similitude.similarity.exact.ExactMeasure;
import io.similitude.similarity.measure.HsicSums;
import io.similitude.similarity.measure.Measures;
import io.similitude.spec.measure.MeasureSpec;
import java.util.List;
import java.util.Locale;

/**
 * The heap memory that a comparison by stored activations uses for sites and pairs, and its limits.
 * Exact linear CKA multiplies its matrices outside of the heap, in pieces. That takes a few MiB for
 * tiles. For cross-covariances it takes at most 64 MiB and the features of one batch.
 */
public final class MemoryBudget {
  /** Bytes of a group. A task holds two groups. So with batches of 512 a group holds 64 tiles. */
  static final long GROUP = 128L << 20;

  /** Bytes of one site: its features, or a matrix of all pairs of examples. */
  private static final long SITE = 1L << 30;

  /** Bytes of all pairs of a part. */
  private static final long PAIRS = 256L << 20;

  /** Bytes of an array object and of the reference to it. */
  private static final int ARRAY = 24;

  /** The number of sums: over the batches, over the passes, and over the batches of a pass. */
  private static final int SUMS_IN_PASSES = 3;

  /** Bytes of a pair on a batch: its value and status. */
  private static final int VALUE = Double.BYTES + Integer.BYTES;

  private static final double GIB = 1L << 30;

  private final SweepPlan plan;

  public MemoryBudget(SweepPlan plan) {
    this.plan = plan;
  }

  /** Whether a group may have these sites and be compared with another group of the same size. */
  public boolean fits(List<StoredLayer> layers, Estimation estimation) {
    long bytes = layers.stream().mapToLong(layer -> bytes(layer.features(), estimation)).sum();
    long pairs = (long) layers.size() * layers.size();
    return bytes <= GROUP && pairs * pairBytes(estimation) <= PAIRS;
  }

  /**
   * Whether the features of a layer on all examples can be held in memory, as cross-covariances
   * need.
   */
  public boolean canHold(StoredLayer layer) {
    return Double.BYTES * plan.allExamples() * layer.features() <= GROUP;
  }

  private long bytes(long p, Estimation estimation) {
    long n = plan.allExamples();
    long together = estimation.way() == Estimation.Way.EXACT ? n : plan.largestBatch();
    if (estimation.way() == Estimation.Way.EXACT_LINEAR) {
      return Double.BYTES * together * together * biases(estimation);
    }
    boolean withFeatures =
        estimation.measures().stream().anyMatch(it -> Measures.of(it).wantsFeatures());
    long held = n * (withFeatures ? p : Math.min(p, together));
    long facets =
        estimation.measures().stream()
            .map(Measures::of)
            .mapToLong(
                it -> together * (it.isOfDirections() ? Math.min(p, together) : together / 2))
            .sum();
    return Double.BYTES * (held + facets);
  }

  private long pairBytes(Estimation estimation) {
    if (estimation.way() == Estimation.Way.EXACT_LINEAR) {
      long shares = ARRAY + (long) Double.BYTES * plan.allBatches().size();
      return biases(estimation) * shares;
    }
    long each = SUMS_IN_PASSES * HsicSums.MOST_BYTES + VALUE;
    return estimation.measures().stream()
        .map(Measures::of)
        .mapToLong(measure -> measure.isSymmetric() ? each : 2 * each)
        .sum();
  }

  private static long biases(Estimation estimation) {
    return estimation.measures().stream()
        .map(measure -> ExactMeasure.of(measure).bias())
        .distinct()
        .count();
  }

  /**
   * Checks that one site does not need more memory than a task has.
   *
   * @throws InputException if it needs more
   */
  public void check() {
    for (Estimation estimation : plan.estimations().ofActivations()) {
      if (estimation.way() != Estimation.Way.EXACT_LINEAR) {
        estimation.measures().forEach(this::check);
      }
    }
  }

  private void check(MeasureSpec measure) {
    long n = plan.allExamples();
    boolean needsMatrix = measure.isExact() && !Measures.of(measure).isOfDirections();
    if (needsMatrix && n * n > SITE / Double.BYTES) {
      throw new InputException(
          "Cannot estimate %s exactly over %d examples: a matrix of all pairs of them takes %s GiB, at most %s are taken (examples: %d, or estimator: minibatch)"
              .formatted(name(measure), n, gib(n * n), gib(SITE / Double.BYTES), mostExamples()));
    }
    for (PlannedSites sites : plan.sites()) {
      sites.layerRows().stream()
          .map(StoredLayer::of)
          .forEach(layer -> check(measure, sites.id(), layer));
    }
  }

  private void check(MeasureSpec measure, String checkpoint, StoredLayer layer) {
    long numbers = plan.allExamples() * layer.features();
    if (numbers > SITE / Double.BYTES) {
      throw new InputException(
          "Cannot compare layer %s of %s by %s again: %d features of %d examples take %s GiB, at most %s are taken (layers: {features: pooled}, or fewer examples)"
              .formatted(
                  layer.name(),
                  checkpoint,
                  name(measure),
                  layer.features(),
                  plan.allExamples(),
                  gib(numbers),
                  gib(SITE / Double.BYTES)));
    }
  }

  private static int mostExamples() {
    return (int) Math.sqrt((double) SITE / Double.BYTES);
  }

  private static String gib(long doubles) {
    return String.format(Locale.ROOT, "%.1f", doubles * Double.BYTES / GIB);
  }

  private static String name(MeasureSpec measure) {
    return measure.metric().keyword();
  }
}
