package io.similitude.program;

import io.similitude.checkpoint.script.Archive;
import io.similitude.checkpoint.script.Attribute;
import io.similitude.checkpoint.tensor.StateDict;
import java.util.List;

/** The network in a {@link TrainingProgram}: where its tensors are and how it computes logits. */
public interface TrainedNetwork {
  /** The program's class in {@code __torch__}. */
  String className();

  /** The tensors that steps change, parameters and running statistics, in a fixed order. */
  List<NetworkTensor> tensors();

  /** The expression that reads one of {@link #tensors} in a method of the class. */
  String expression(NetworkTensor tensor);

  /** The attributes of the class itself that are parameters. */
  List<String> ownParameters();

  /** The attributes of the class itself that are buffers. */
  List<String> ownBuffers();

  /** Lines that declare the attributes of the class: {@code " w0 : Tensor\n"}. */
  String fields();

  /**
   * The lines of a method {@code logits(x: Tensor, mode: int, noise: int) -> Tensor}. The last one
   * is a return.
   */
  List<String> logits();

  /**
   * Expressions for the tensors that an attack in training mode would change, and that must be as
   * before when it has ended.
   */
  List<String> movedByAttack();

  /**
   * Whether it also runs with the channels of the images last in memory. PyTorch's {@code view}
   * fails then where {@code reshape} copies.
   */
  boolean runsChannelsLast();

  /** Further text of the source, after the class. */
  String functions();

  /**
   * The contents of an archive.
   *
   * @param source the class and its functions
   * @param weights of {@link #tensors}
   * @param momenta further attributes of the class
   */
  Archive archive(String source, StateDict weights, List<Attribute> momenta);
}
