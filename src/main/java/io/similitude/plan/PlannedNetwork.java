package io.similitude.plan;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.files.Fingerprint;
import io.similitude.program.Layer;
import io.similitude.program.LayerSelection;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.spec.Activations;
import io.similitude.spec.Features;
import io.similitude.spec.SweepSpec;
import java.util.List;
import java.util.Optional;

/**
 * The properties of a network that a plan needs. The program itself is not kept, because an
 * exported program holds its whole file in memory. On the driver only.
 *
 * @param source the network
 * @param layers that are tapped, in call order
 * @param weights the tensors that a checkpoint must or may hold
 * @param features the features of a layer that are compared
 * @param digest of the program as units run it, and of all its layers
 * @param attackedDigest of the program as attacks run it, and of all its layers
 * @param microBatch examples in one forward pass
 * @param batchDependence {@link Program#batchDependence}
 * @param notes notes for the user on how it is used
 * @param flops of one forward pass, for one example
 * @param bytes the largest native memory that one unit takes, without the network's weights
 * @param gradientBytes the native memory of one attack pass on a CPU
 */
public record PlannedNetwork(
    CheckpointSource.NetworkSource source,
    List<Layer> layers,
    List<ExpectedTensor> weights,
    Features features,
    String digest,
    String attackedDigest,
    int microBatch,
    Optional<String> batchDependence,
    List<String> notes,
    long flops,
    long bytes,
    long gradientBytes) {
  public PlannedNetwork {
    layers = List.copyOf(layers);
    weights = List.copyOf(weights);
    notes = List.copyOf(notes);
  }

  static PlannedNetwork of(CheckpointSource.NetworkSource source, Program program, SweepSpec spec) {
    List<Layer> layers = LayerSelection.choose(spec.layers(), program.layers());
    ExtractionPlan extraction =
        new ExtractionPlan(
            program,
            layers,
            spec.layers().features(),
            spec.activations(),
            spec.batch(),
            spec.microBatch());
    return new PlannedNetwork(
        source,
        layers,
        program.weights(),
        spec.layers().features(),
        digest(program, extraction.passTaps()),
        digest(program, Taps.NONE),
        extraction.microBatch(),
        program.batchDependence(),
        new NetworkNotes(source.spec(), program, spec).list(),
        program.flops(),
        extraction.bytes(program),
        program.gradientBytes() * program.examplesInGradient());
  }

  /** Whether a setting keeps activations of any layer. */
  boolean keepsAny(Activations activations) {
    return switch (activations) {
      case NONE -> false;
      case FULL -> true;
      case POOLED -> layers.stream().anyMatch(Layer::canBePooled);
    };
  }

  /** The number of features of a layer that are compared. */
  long compared(Layer layer) {
    return switch (features) {
      case FULL -> layer.features();
      case POOLED -> layer.pooledFeatures();
    };
  }

  private static String digest(Program program, Taps taps) {
    return new Fingerprint()
        .with("program", program.digest(taps))
        .withAll("layers", program.layers())
        .hex();
  }
}
