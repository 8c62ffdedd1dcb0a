package io.similitude.checkpoint.tensor;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** The tensors that a file holds, at any place in it. Elements are read on request. */
public interface StoredWeights extends Closeable {
  /**
   * The tensors by their paths: the steps that lead to each, joined with dots ({@code
   * state_dict.module.conv1.weight}), in the order of the file.
   */
  Map<String, StoredTensor> tensors();

  /**
   * The paths of the dictionaries, lists and modules that contain tensors; empty for the top, which
   * is the only one by default.
   */
  default Set<String> places() {
    return Set.of("");
  }

  /** A further description of the file, for the message that nothing fits; empty by default. */
  default String description() {
    return "";
  }

  /**
   * Reads tensors.
   *
   * @param paths the paths of the wanted tensors, by their new names
   */
  StateDict read(Map<String, String> paths) throws IOException;

  /** Does nothing by default. */
  @Override
  default void close() throws IOException {}
}
