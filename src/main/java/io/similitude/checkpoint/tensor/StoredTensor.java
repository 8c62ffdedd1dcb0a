package io.similitude.checkpoint.tensor;

import java.util.Optional;

/** A tensor in a file, as the file describes it; its elements have not been read. */
public interface StoredTensor {
  /** The sizes of its dimensions; empty also where they are not known. */
  long[] shape();

  /** The type of its elements; empty when it cannot be read. */
  Optional<DType> dtype();

  /** Why it cannot be read, if so: {@code is quantised (...)}. */
  default Optional<String> refusal() {
    return Optional.empty();
  }

  /** Equal for two tensors that are the same window into the same bytes of the file. */
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
