package io.similitude.training;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.program.TrainingProgram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The complete state from which a training continues.
 *
 * @param weights parameters and running statistics
 * @param momenta the momenta, by the parameter's name
 * @param batches the number of batches that the running statistics have seen
 */
public record TrainingState(StateDict weights, StateDict momenta, long batches) {
  /**
   * The state at the beginning. All momenta are zero, and no batch has been seen.
   *
   * @param all the program's tensors, and maybe others
   */
  public static TrainingState of(TrainingProgram program, StateDict all) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    program.tensors().forEach(it -> weights.put(it.name(), all.get(it.name()).orElseThrow()));
    Map<String, Tensor> momenta = new LinkedHashMap<>();
    for (ExpectedTensor parameter : program.parameters()) {
      float[] zeros = new float[Math.toIntExact(parameter.elements())];
      momenta.put(parameter.name(), Tensor.of(zeros, parameter.shape()));
    }
    return new TrainingState(new StateDict(weights), new StateDict(momenta), 0);
  }

  /**
   * Makes a state from the values that a program holds. The weights come first, then the momenta.
   */
  static TrainingState of(TrainingProgram program, List<float[]> values, long batches) {
    int count = program.tensors().size();
    return new TrainingState(
        dict(program.tensors(), values.subList(0, count)),
        dict(program.parameters(), values.subList(count, values.size())),
        batches);
  }

  /** The network's whole state dict, as PyTorch has it. */
  public StateDict stateDict(TrainingProgram program) {
    return program.stateDict(weights, batches);
  }

  private static StateDict dict(List<ExpectedTensor> tensors, List<float[]> values) {
    Map<String, Tensor> dict = new LinkedHashMap<>();
    for (int i = 0; i < tensors.size(); i++) {
      dict.put(tensors.get(i).name(), Tensor.of(values.get(i), tensors.get(i).shape()));
    }
    return new StateDict(dict);
  }
}
