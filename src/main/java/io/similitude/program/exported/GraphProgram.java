package io.similitude.program.exported;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.script.Archive;
import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.files.Sha256;
import io.similitude.program.Layer;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.program.TrainingProgram;
import io.similitude.program.architecture.DescribedProgram;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A network of torch.export: a described program with weights and constants of its own. */
final class GraphProgram implements Program {
  private final DescribedProgram described;
  private final StateDict own;
  private final GraphTraining training;
  private final Map<String, Tensor> constants;
  private final Map<String, DType> types;
  private final OptionalInt fixedBatch;
  private final Optional<String> batchDependence;
  private final List<String> remarks;
  private final String identity;

  /**
   * A network.
   *
   * @param own the weights of its file
   * @param training what a training needs besides
   * @param constants the tensors that no checkpoint has
   * @param types the types of elements that the program expects of weights and constants
   * @param fixedBatch the number of examples that it must be shown; empty for any number
   * @param batchDependence why examples depend on each other; empty if they do not
   * @param remarks what cannot be tapped
   */
  GraphProgram(
      DescribedProgram described,
      StateDict own,
      GraphTraining training,
      Map<String, Tensor> constants,
      Map<String, DType> types,
      OptionalInt fixedBatch,
      Optional<String> batchDependence,
      List<String> remarks) {
    this.described = described;
    this.own = own;
    this.training = training;
    this.constants = Map.copyOf(constants);
    this.types = Map.copyOf(types);
    this.fixedBatch = fixedBatch;
    this.batchDependence = batchDependence;
    this.remarks = List.copyOf(remarks);
    this.identity = identity(constants, types, fixedBatch);
  }

  @Override
  public TrainingProgram training() {
    training.requireFree(fixedBatch, batchDependence);
    return training.program(described);
  }

  @Override
  public List<Layer> layers() {
    return described.layers();
  }

  @Override
  public List<ExpectedTensor> weights() {
    return described.weights().stream().filter(it -> !constants.containsKey(it.name())).toList();
  }

  @Override
  public Optional<StateDict> ownWeights() {
    return Optional.of(own);
  }

  @Override
  public OptionalInt fixedBatch() {
    return fixedBatch;
  }

  @Override
  public Optional<String> batchDependence() {
    return batchDependence;
  }

  @Override
  public List<String> remarks() {
    return remarks;
  }

  @Override
  public int classes() {
    return described.classes();
  }

  @Override
  public long flops() {
    return described.flops();
  }

  @Override
  public long peakBytes() {
    return Math.max(1, described.peakBytes());
  }

  @Override
  public long gradientBytes() {
    return Math.max(1, described.gradientBytes());
  }

  @Override
  public int examplesInGradient() {
    return fixedBatch.orElseGet(Program.super::examplesInGradient);
  }

  @Override
  public Archive module(Taps chosen, StateDict weights) {
    Map<String, Tensor> typed = new LinkedHashMap<>();
    types.forEach(
        (name, type) ->
            Optional.ofNullable(constants.get(name))
                .or(() -> weights.get(name))
                .ifPresent(tensor -> typed.put(name, tensor.to(type))));
    return described.module(chosen, new StateDict(typed));
  }

  @Override
  public String digest(Taps chosen) {
    return Sha256.ofText(identity + described.digest(chosen));
  }

  private static String identity(
      Map<String, Tensor> constants, Map<String, DType> types, OptionalInt fixedBatch) {
    Sha256 sha256 = new Sha256().with("batch " + fixedBatch.orElse(0) + "\n");
    types.forEach((name, type) -> sha256.with(name + " " + type.name() + "\n"));
    constants.forEach(
        (name, tensor) ->
            sha256
                .with(name + " " + tensor.dtype().name() + Arrays.toString(tensor.shape()) + "\n")
                .with(tensor.bytes()));
    return sha256.hex();
  }
}
