package io.similitude.program;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.script.Archive;
import io.similitude.checkpoint.tensor.StateDict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network as a TorchScript program: the layers that can be tapped, the expected weights, the
 * cost, and the archive for any choice of taps.
 *
 * <p>The program's {@code forward} takes a batch of images, float32 of shape N x channels x height
 * x width, and returns a list of float32 tensors: the logits, then the values of the taps.
 */
public interface Program {
  /**
   * The method that computes the Gram matrix of a value outside of a forward pass. The value has n
   * rows and any further shape.
   */
  String GRAM_METHOD = "gram";

  /** Every module call, in the order in which the calls return. */
  List<Layer> layers();

  /** The tensors that a checkpoint of this network must or may hold. */
  List<ExpectedTensor> weights();

  /** The weights that the network itself includes: those in an exported network's file. */
  Optional<StateDict> ownWeights();

  /**
   * The only number of examples that a forward pass accepts, for a network that was exported with a
   * fixed batch; empty if any number is accepted.
   */
  default OptionalInt fixedBatch() {
    return OptionalInt.empty();
  }

  /** Notes for the user on the program: what cannot be tapped, and why. */
  default List<String> remarks() {
    return List.of();
  }

  /** The number of classes. */
  int classes();

  /** Floating-point operations of one forward pass, for one example. */
  long flops();

  /**
   * The largest number of bytes of activations that are in memory at the same time in a forward
   * pass, for one example.
   */
  long peakBytes();

  /**
   * The largest number of bytes of activations and gradients that are in memory at the same time in
   * a forward pass and the backward pass to the input, for one example.
   */
  long gradientBytes();

  /**
   * The reason why the values of an example depend on the other examples of the batch, such as a
   * batch normalisation without running statistics; empty if they do not. If they do, the whole
   * batch is shown at once.
   */
  default Optional<String> batchDependence() {
    return Optional.empty();
  }

  /**
   * The suitable number of examples for one attack pass on a CPU. Each pass converts the layout of
   * the weights for the convolutions. So the stored values should take several times the memory of
   * the weights. Beyond that, fewer examples fit the caches better. The values take less than a
   * gigabyte, unless a single example needs that much.
   */
  default int examplesInGradient() {
    long weightBytes = weights().stream().mapToLong(ExpectedTensor::elements).sum() * Float.BYTES;
    long suited = Math.max(32, Math.min(256, 8 * weightBytes / gradientBytes()));
    return Math.toIntExact(Math.max(1, Math.min(suited, (1L << 30) / gradientBytes())));
  }

  /**
   * The contents of an archive: the source for these taps, with a checkpoint's weights.
   *
   * @param weights as {@link io.similitude.checkpoint.match.WeightMatch} returns them for {@link
   *     #weights}
   */
  Archive module(Taps chosen, StateDict weights);

  /**
   * The same network as a program for training.
   *
   * @throws io.similitude.input.InputException if it cannot be trained
   */
  TrainingProgram training();

  /** SHA-256 of everything that defines the program for these taps, in hexadecimal digits. */
  String digest(Taps chosen);
}
