package io.similitude.checkpoint.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tensors that are already in memory, by their names. */
public final class ReadWeights implements StoredWeights {
  private final StateDict weights;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  public ReadWeights(StateDict weights) {
    this.weights = weights;
    for (String name : weights.names()) {
      tensors.put(name, new Read(weights.get(name).orElseThrow()));
    }
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public StateDict read(Map<String, String> paths) {
    Map<String, Tensor> read = new LinkedHashMap<>();
    paths.forEach((name, path) -> read.put(name, weights.get(path).orElseThrow()));
    return new StateDict(read);
  }

  private record Read(Tensor tensor) implements StoredTensor {
    @Override
    public long[] shape() {
      return tensor.shape();
    }

    @Override
    public Optional<DType> dtype() {
      return Optional.of(tensor.dtype());
    }

    @Override
    public Object memory() {
      return tensor;
    }
  }
}
