package io.similitude.program.script;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.script.Archive;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.program.Layer;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.program.TrainingProgram;
import java.util.List;
import java.util.Optional;

/**
 * An exported network whose calls are known. FLOPs and memory are estimates. The FLOPs are those of
 * its convolutions and linear modules. The memory is that of a few values of the size of its
 * largest layer; with a gradient, that of the values of all its modules.
 */
final class ExportedProgram implements Program {
  /**
   * The number of values in memory at the same time: an operation's operands and value, and a
   * shortcut around it.
   */
  private static final int VALUES_ALIVE = 4;

  private final ExportedNetwork network;
  private final List<Layer> layers;
  private final int classes;
  private final Optional<String> batchDependence;

  ExportedProgram(
      ExportedNetwork network, List<Layer> layers, int classes, Optional<String> batchDependence) {
    this.network = network;
    this.layers = List.copyOf(layers);
    this.classes = classes;
    this.batchDependence = batchDependence;
  }

  @Override
  public List<Layer> layers() {
    return layers;
  }

  @Override
  public List<ExpectedTensor> weights() {
    return network.expectedTensors();
  }

  @Override
  public Optional<StateDict> ownWeights() {
    return Optional.of(network.weights());
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public Optional<String> batchDependence() {
    return batchDependence;
  }

  @Override
  public long flops() {
    return layers.stream().mapToLong(this::flops).sum();
  }

  @Override
  public long peakBytes() {
    long largest = layers.stream().mapToLong(Layer::features).max().orElse(classes);
    return VALUES_ALIVE * largest * Float.BYTES;
  }

  /**
   * The bytes of the values that all modules return. Blocks count again for the values between
   * their modules.
   */
  @Override
  public long gradientBytes() {
    return layers.stream().mapToLong(Layer::features).sum() * Float.BYTES + peakBytes();
  }

  @Override
  public TrainingProgram training() {
    if (batchDependence.isPresent()) {
      throw network.dependsOnBatch(batchDependence.get());
    }
    return network.training(layers);
  }

  @Override
  public String digest(Taps chosen) {
    return network.digest(chosen);
  }

  @Override
  public Archive module(Taps chosen, StateDict weights) {
    return network.archive(chosen, weights);
  }

  /**
   * The FLOPs of a layer. Every value of a convolution or linear module takes a product for each
   * input that it uses.
   */
  private long flops(Layer layer) {
    if (!layer.type().startsWith("Conv") && !layer.type().endsWith("Linear")) {
      return 0;
    }
    String weight = ScriptCall.path(layer.name()) + ".weight";
    return network
        .expected()
        .get(weight)
        .filter(tensor -> tensor.shape().length >= 2)
        .map(tensor -> 2 * layer.features() * (tensor.elements() / rows(tensor)))
        .orElse(0L);
  }

  private static long rows(Tensor weight) {
    return Math.max(1, weight.shape()[0]);
  }
}
