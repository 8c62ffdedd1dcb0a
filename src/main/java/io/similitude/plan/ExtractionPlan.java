package io.similitude.plan;

import io.similitude.program.Layer;
import io.similitude.program.Program;
import io.similitude.program.Reduction;
import io.similitude.program.Taps;
import io.similitude.spec.Activations;
import io.similitude.spec.Features;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How a batch is run through a network: the number of forward passes, and what the program computes
 * from each tapped layer.
 */
public final class ExtractionPlan {
  /** A batch is shown in one pass if its activations fit into this much native memory. */
  private static final long PASS_BYTES = 2L << 30;

  private final List<Layer> layers;
  private final Features features;
  private final Activations activations;
  private final int batch;
  private final int microBatch;
  private final boolean fixed;

  public ExtractionPlan(
      Program program,
      List<Layer> layers,
      Features features,
      Activations activations,
      int batch,
      OptionalInt microBatch) {
    this.layers = List.copyOf(layers);
    this.features = features;
    this.activations = activations;
    this.batch = batch;
    this.fixed = program.fixedBatch().isPresent();
    this.microBatch = program.fixedBatch().orElseGet(() -> free(program, batch, microBatch));
  }

  private static int free(Program program, int batch, OptionalInt microBatch) {
    return program.batchDependence().isPresent()
        ? batch
        : Math.min(batch, microBatch.orElseGet(() -> chosen(program)));
  }

  /**
   * The number of examples in one forward pass. It is the whole batch if the values of one example
   * depend on the others. If the network accepts only one number of examples, it is that number,
   * and the last pass is padded to it.
   */
  public int microBatch() {
    return microBatch;
  }

  /** The result of a whole batch for each layer. */
  public Taps taps() {
    return new Taps(layers, Stream.concat(Stream.of(gramReduction()), kept().stream()).toList());
  }

  /**
   * The result of the program in one pass: the taps themselves, or the values from which they are
   * computed later.
   */
  public Taps passTaps() {
    return isOnePass()
        ? taps()
        : new Taps(layers, Stream.concat(Stream.of(gramOf()), kept().stream()).distinct().toList());
  }

  /**
   * The largest number of bytes of native memory that one unit takes, without its network's
   * weights. It covers the activations of a pass and its results: n x n for each layer, and the
   * values that are kept.
   */
  public long bytes(Program program) {
    long values = layers.stream().mapToLong(Layer::features).sum() * Float.BYTES * batch;
    long grams = (long) layers.size() * batch * batch * Float.BYTES;
    if (!isOnePass()) {
      return program.peakBytes() * microBatch + 2 * values + grams;
    }
    return program.peakBytes() * batch + grams + (activations == Activations.FULL ? values : 0);
  }

  public boolean isOnePass() {
    // A padded pass has extra examples. A Gram matrix must not include them.
    return fixed ? microBatch == batch : microBatch >= batch;
  }

  public Reduction gramReduction() {
    return features == Features.POOLED ? Reduction.POOLED_GRAM : Reduction.GRAM;
  }

  /** What a Gram matrix is computed from if the program does not compute it. */
  public Reduction gramOf() {
    return features == Features.POOLED ? Reduction.POOLED : Reduction.WHOLE;
  }

  public Optional<Reduction> kept() {
    return switch (activations) {
      case POOLED -> Optional.of(Reduction.POOLED);
      case FULL -> Optional.of(Reduction.WHOLE);
      case NONE -> Optional.empty();
    };
  }

  private static int chosen(Program program) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, PASS_BYTES / program.peakBytes()));
  }
}
