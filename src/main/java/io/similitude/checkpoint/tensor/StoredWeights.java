package io.similitude.checkpoint.tensor;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** The tensors that a file holds, wherever in it they lie. Elements are read when asked for. */
public interface StoredWeights extends Closeable {
  /**
   * The tensors by their paths: the steps that lead to each, joined with dots ({@code
   * state_dict.module.conv1.weight}), in the order of the file.
   */
  Map<String, StoredTensor> tensors();

  /** The paths of the dictionaries, lists and modules in which tensors lie; empty for the top. */
  Set<String> places();

  /** What the file is besides, for the message that nothing fits; may be empty. */
  String description();

  /**
   * Reads tensors.
   *
   * @param paths the paths of those that are wanted, by the names that they are to have
   */
  StateDict read(Map<String, String> paths) throws IOException;

  /** Nothing is to be closed. */
  @Override
  default void close() throws IOException {}
}
