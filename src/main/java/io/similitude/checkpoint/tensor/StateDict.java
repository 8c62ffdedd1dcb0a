package io.similitude.checkpoint.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The named tensors of a checkpoint, in the order in which they were saved. Immutable. */
public final class StateDict {
  private final Map<String, Tensor> tensors;

  public StateDict(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** The names, in order. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /** The tensor of this name, if there is one. */
  public Optional<Tensor> get(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /** The first tensor that holds a NaN or an infinite element. */
  public Optional<String> firstNonFinite() {
    return tensors.entrySet().stream()
        .filter(entry -> !entry.getValue().isFinite())
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
