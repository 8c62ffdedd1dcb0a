package io.similitude.program.exported;

import static java.util.stream.Collectors.toSet;

import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.exported.GraphInput;
import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.input.InputException;
import io.similitude.program.NetworkTensor;
import io.similitude.program.TrainingProgram;
import io.similitude.program.Untrainable;
import io.similitude.program.UntrainedTensors;
import io.similitude.program.architecture.DescribedProgram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the training of a graph needs besides its operations: whether it can be trained, and the
 * tensors of its file that no step changes.
 */
final class GraphTraining {
  private static final String FREE = "export it with a free batch";

  private final String file;
  private final ExportArchive archive;
  private final List<NetworkTensor> tensors;
  private final Map<String, Tensor> constants;
  private final Optional<InputException> untrainable;
  private final boolean anyLayout;

  GraphTraining(String file, ExportArchive archive, Translation translation) {
    this.file = file;
    this.archive = archive;
    this.tensors = translation.tensors().list();
    this.constants = translation.tensors().constants();
    this.untrainable = translation.untrainable();
    this.anyLayout = translation.isForAnyLayout();
  }

  /**
   * Requires that a step may show any number of examples and that evaluation may show them in any
   * groups.
   *
   * @throws InputException if it may not, or an operator cannot be trained
   */
  void requireFree(OptionalInt fixedBatch, Optional<String> batchDependence) {
    if (untrainable.isPresent()) {
      throw untrainable.get();
    }
    if (fixedBatch.isPresent()) {
      throw Untrainable.because(
          file,
          "it was exported for batches of exactly %d, and a step has as many images as its recipe says (%s)"
              .formatted(fixedBatch.getAsInt(), FREE));
    }
    if (batchDependence.isPresent()) {
      throw Untrainable.dependsOnBatch(file, batchDependence.get());
    }
  }

  /**
   * The network as a program for training.
   *
   * @throws InputException if a step would have to change a tensor that it cannot change
   */
  TrainingProgram program(DescribedProgram described) {
    Set<String> statistics = described.statistics();
    List<String> trained = new ArrayList<>();
    Map<String, Tensor> fixed = new LinkedHashMap<>(constants);
    for (NetworkTensor tensor : tensors) {
      String name = tensor.expected().name();
      if (tensor.parameter() || statistics.contains(name)) {
        trained.add(name);
        requireFloat32(name);
      } else if (tensor.isUsed() && !constants.containsKey(name)) {
        fixed.put(name, archive.weights().get(name).orElseThrow());
      }
    }
    if (tensors.stream().noneMatch(NetworkTensor::parameter)) {
      throw Untrainable.because(
          file, "its graph has no parameters (export the network with its weights)");
    }
    Map<String, String> ties = ties(trained);
    Map<String, Tensor> kept = new LinkedHashMap<>();
    for (String name : archive.weights().names()) {
      if (!trained.contains(name) && !ties.containsKey(name)) {
        kept.put(name, archive.weights().get(name).orElseThrow());
      }
    }
    Map<String, Integer> counters = described.counters();
    counters.keySet().retainAll(kept.keySet());
    return described.training(
        new StateDict(fixed), new UntrainedTensors(new StateDict(kept), ties, counters), anyLayout);
  }

  private void requireFloat32(String name) {
    DType type = archive.weights().get(name).orElseThrow().dtype();
    if (type != DType.FLOAT32) {
      throw Untrainable.notFloat32(file, GraphChecks.shown(name), type);
    }
  }

  /** The names under which the state dict has trained tensors again, with their trained names. */
  private Map<String, String> ties(List<String> trained) {
    Map<String, String> byOriginal = new HashMap<>();
    for (String name : trained) {
      String other = byOriginal.put(archive.original(name), name);
      if (other != null) {
        throw Untrainable.because(
            file,
            "its weights %s and %s are one tensor, and its graph has them as two, which steps would change apart (export it with a newer PyTorch)"
                .formatted(GraphChecks.shown(other), GraphChecks.shown(name)));
      }
    }
    Set<String> read = archive.graph().inputs().stream().map(GraphInput::source).collect(toSet());
    Map<String, String> ties = new LinkedHashMap<>();
    for (String name : archive.weights().names()) {
      String source = byOriginal.get(archive.original(name));
      if (source != null && !read.contains(name)) {
        ties.put(name, source);
      }
    }
    return ties;
  }
}
