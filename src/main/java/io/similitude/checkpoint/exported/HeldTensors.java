package io.similitude.checkpoint.exported;

import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.checkpoint.format.WeightsFile;
import io.similitude.checkpoint.tensor.StateDict;
import java.util.HashMap;
import java.util.Map;

/**
 * The tensors of an archive.
 *
 * @param originals for each tensor the name of the first tensor that is the same window of the same
 *     bytes
 */
record HeldTensors(StateDict tensors, Map<String, String> originals) {
  static final HeldTensors NONE = new HeldTensors(new StateDict(Map.of()), Map.of());

  HeldTensors {
    originals = Map.copyOf(originals);
  }

  /**
   * The tensors with where they are.
   *
   * @param memory for each tensor an object that is equal for two tensors if they are the same
   *     window of the same bytes
   */
  static HeldTensors of(StateDict tensors, Map<String, Object> memory) {
    Map<Object, String> first = new HashMap<>();
    Map<String, String> originals = new HashMap<>();
    for (String name : tensors.names()) {
      String before = first.putIfAbsent(memory.get(name), name);
      originals.put(name, before == null ? name : before);
    }
    return new HeldTensors(tensors, originals);
  }

  /** Reads what torch.save wrote. */
  static HeldTensors read(WeightsFile file) {
    Map<String, Object> memory = new HashMap<>();
    CheckpointReader.withTensors(
        file,
        held -> {
          held.tensors().forEach((name, tensor) -> memory.put(name, tensor.memory()));
          return memory;
        });
    return of(CheckpointReader.read(file), memory);
  }
}
