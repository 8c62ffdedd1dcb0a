package io.similitude.program;

import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of a network's state dict that no step of a training changes by itself.
 *
 * @param kept further entries of the network's state dict, which stay as they are. For counters,
 *     these are the first values
 * @param ties other names of trained tensors in the state dict, with the names in the program
 * @param counters the counters of batches in the state dict, with the number of times that each
 *     counts in one pass
 */
public record UntrainedTensors(
    StateDict kept, Map<String, String> ties, Map<String, Integer> counters) {
  private static final String VARIANCE = "running_var";
  private static final String COUNTER = "num_batches_tracked";

  public UntrainedTensors {
    ties = Map.copyOf(ties);
    counters = Map.copyOf(counters);
  }

  /** Those of a network whose state dict has only trained tensors and counters. */
  public static UntrainedTensors counters(Map<String, Integer> counters) {
    return new UntrainedTensors(new StateDict(Map.of()), Map.of(), counters);
  }

  /** The name of the counter beside a running variance, as PyTorch's modules have it. */
  public static String counterBeside(String variance) {
    return variance.endsWith(VARIANCE)
        ? variance.substring(0, variance.length() - VARIANCE.length()) + COUNTER
        : "";
  }

  /**
   * The whole state dict.
   *
   * @param trained the trained tensors
   * @param batches the number of passes over a batch so far
   */
  StateDict completed(StateDict trained, long batches) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (String name : trained.names()) {
      Tensor value = trained.get(name).orElseThrow();
      all.put(name, kept.get(name).map(first -> value.to(first.dtype())).orElse(value));
      String counter = counterBeside(name);
      if (counters.containsKey(counter)) {
        all.put(counter, count(counter, batches));
      }
    }
    for (String name : kept.names()) {
      all.putIfAbsent(name, kept.get(name).orElseThrow());
    }
    ties.forEach((name, source) -> all.put(name, trained.get(source).orElseThrow()));
    return new StateDict(all);
  }

  private Tensor count(String counter, long batches) {
    long before = kept.get(counter).map(it -> it.to(DType.INT64).bytes().getLong(0)).orElse(0L);
    return Tensor.ofLongs(new long[] {before + counters.get(counter) * batches});
  }
}
