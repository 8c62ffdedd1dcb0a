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
 * How a batch goes through a network: in how many forward passes, and what the program makes of
 * each tapped layer on the way.
 */
public final class ExtractionPlan {
  /** A batch whose activations fit into this much native memory is shown in one pass. */
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
   * Examples in one forward pass. All of a batch where the values of one depend on the others;
   * where the network takes one number of examples only, that number, to which the last pass is
   * filled up.
   */
  public int microBatch() {
    return microBatch;
  }

  /** What a whole batch gives for each layer. */
  public Taps taps() {
    return new Taps(layers, Stream.concat(Stream.of(gramReduction()), kept().stream()).toList());
  }

  /** What the program gives in one pass: the taps themselves, or what they are made of later. */
  public Taps passTaps() {
    return isOnePass()
        ? taps()
        : new Taps(layers, Stream.concat(Stream.of(gramOf()), kept().stream()).distinct().toList());
  }

  /**
   * Bytes of native memory that one unit takes at most, its network's weights aside: the
   * activations of a pass, and what it gives, n x n for each layer and the values that are kept.
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
    // A pass that is filled up has other examples too, which a Gram matrix must not see.
    return fixed ? microBatch == batch : microBatch >= batch;
  }

  public Reduction gramReduction() {
    return features == Features.POOLED ? Reduction.POOLED_GRAM : Reduction.GRAM;
  }

  /** What a Gram matrix is made of when it is not made inside the program. */
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
