package io.similitude.program;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.script.Archive;
import io.similitude.checkpoint.tensor.StateDict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network as a TorchScript program: the layers that can be tapped, the weights that it expects,
 * what it costs, and its archive for any choice of taps.
 *
 * <p>The program's {@code forward} takes a batch of images, float32 of shape N x channels x height
 * x width, and returns a list of float32 tensors: the logits, then what the taps ask for.
 */
public interface Program {
  /** The method that makes the Gram matrix of a value, n x anything, outside of a forward pass. */
  String GRAM_METHOD = "gram";

  /** Every module call, in the order in which the calls return. */
  List<Layer> layers();

  /** What a checkpoint of this network holds or may hold. */
  List<ExpectedTensor> weights();

  /** The weights that the network brings itself: those in an exported network's file. */
  Optional<StateDict> ownWeights();

  /**
   * The only number of examples that a forward pass takes, for a network that was exported with a
   * fixed batch; empty where any will do.
   */
  default OptionalInt fixedBatch() {
    return OptionalInt.empty();
  }

  /** What a user should know about the program: what of it cannot be tapped, and why. */
  default List<String> remarks() {
    return List.of();
  }

  /** The number of classes. */
  int classes();

  /** Floating-point operations of one forward pass, for one example. */
  long flops();

  /** The most bytes of activations that are alive at once in a forward pass, for one example. */
  long peakBytes();

  /**
   * The most bytes of activations and gradients that are alive at once in a forward pass and the
   * way back to the input, for one example.
   */
  long gradientBytes();

  /**
   * Why the values of an example depend on the others that are shown with it, such as a batch
   * normalisation without running statistics; empty if they do not. Then a batch is shown at once.
   */
  default Optional<String> batchDependence() {
    return Optional.empty();
  }

  /**
   * How many examples suit one pass of a CPU that attacks the network. Each pass lays out the
   * weights anew for the convolutions, so the values kept should take several times what the
   * weights take; beyond that the fewer the better they fit into the caches. Below a gigabyte in
   * any case, unless a single example takes that.
   */
  default int examplesInGradient() {
    long weightBytes = weights().stream().mapToLong(ExpectedTensor::elements).sum() * Float.BYTES;
    long suited = Math.max(32, Math.min(256, 8 * weightBytes / gradientBytes()));
    return Math.toIntExact(Math.max(1, Math.min(suited, (1L << 30) / gradientBytes())));
  }

  /**
   * What is to be written to an archive: the source for these taps, with a checkpoint's weights.
   *
   * @param weights as {@link io.similitude.checkpoint.match.WeightMatch} returns them for {@link
   *     #weights}
   */
  Archive module(Taps chosen, StateDict weights);

  /**
   * The same network as a program that trains itself.
   *
   * @throws io.similitude.input.InputException if it cannot be trained
   */
  TrainingProgram training();

  /** SHA-256 of all that makes the program for these taps, in hexadecimal digits. */
  String digest(Taps chosen);
}
