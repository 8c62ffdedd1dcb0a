package io.similitude.checkpoint.tensor;

import java.util.Optional;

/** The description of a tensor in a file. Its elements have not been read. */
public interface StoredTensor {
  /** The sizes of its dimensions; also empty if they are unknown. */
  long[] shape();

  /** The type of its elements; empty when it cannot be read. */
  Optional<DType> dtype();

  /** The reason why it cannot be read, if there is one: {@code is quantised (...)}. */
  default Optional<String> refusal() {
    return Optional.empty();
  }

  /**
   * An object that is equal for two tensors if they are the same window of the same bytes of the
   * file.
   */
  Object memory();

  /** A tensor that cannot be read. */
  record Refused(String why) implements StoredTensor {
    @Override
    public long[] shape() {
      return new long[0];
    }

    @Override
    public Optional<DType> dtype() {
      return Optional.empty();
    }

    @Override
    public Optional<String> refusal() {
      return Optional.of(why);
    }

    @Override
    public Object memory() {
      return new Object();
    }
  }
}
