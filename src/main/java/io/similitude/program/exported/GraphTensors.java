package io.similitude.program.exported;

import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.exported.ExportedGraph;
import io.similitude.checkpoint.exported.GraphInput;
import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.program.InputNormalization;
import io.similitude.program.NetworkTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parameters, buffers and constants of a graph. They become attributes of the program. */
final class GraphTensors {
  private final ExportedGraph graph;
  private final ExportArchive archive;
  private final Refusal refusal;
  private final Names names;
  private final Set<String> read;
  private final List<NetworkTensor> tensors = new ArrayList<>();
  private final Map<String, Tensor> constants = new LinkedHashMap<>();
  private final Map<String, DType> types = new LinkedHashMap<>();

  /**
   * The tensors of an archive.
   *
   * @param names receives their names
   */
  GraphTensors(
      ExportArchive archive, InputNormalization normalization, Names names, Refusal refusal) {
    this.archive = archive;
    this.graph = archive.graph();
    this.names = names;
    this.refusal = refusal;
    this.read = readByNodes(graph);
    normalization.expected().forEach(buffer -> tensors.add(NetworkTensor.unused(buffer)));
    graph.inputs().forEach(this::add);
    otherNames();
  }

  /** The tensors that the program expects in checkpoints and constants, in its order. */
  List<NetworkTensor> list() {
    return Collections.unmodifiableList(tensors);
  }

  /** The tensors that no checkpoint has, by the names under which the program expects them. */
  Map<String, Tensor> constants() {
    return Collections.unmodifiableMap(constants);
  }

  /** The types of elements that the program expects of its weights, by their names. */
  Map<String, DType> types() {
    return Collections.unmodifiableMap(types);
  }

  private static Set<String> readByNodes(ExportedGraph graph) {
    Set<String> read = new HashSet<>();
    graph.nodes().stream()
        .flatMap(node -> node.inputs().stream())
        .forEach(input -> read.addAll(ReturnedValue.tensors(input.value())));
    return read;
  }

  private void add(GraphInput input) {
    switch (input.kind()) {
      case CONSTANT -> constant(input);
      case PARAMETER, BUFFER -> weight(input);
      default -> {
        // The images are not an attribute.
      }
    }
  }

  private void constant(GraphInput input) {
    if (read.contains(input.name())) {
      // No checkpoint has a tensor with such a name.
      String name = "constant " + input.source();
      Tensor value = held(archive.constants(), input, "constant");
      constants.put(name, value);
      types.put(name, value.dtype());
      attribute(input, ExpectedTensor.required(name, value.shape()), false);
    }
  }

  private void weight(GraphInput input) {
    Tensor own = held(archive.weights(), input, "weight");
    if (!read.contains(input.name())) {
      unused(input.source(), own);
      return;
    }
    types.put(input.source(), own.dtype());
    boolean isTrained = input.kind() == GraphInput.Kind.PARAMETER && own.dtype().isFloating();
    attribute(input, ExpectedTensor.required(input.source(), own.shape()), isTrained);
  }

  private void attribute(GraphInput input, ExpectedTensor expected, boolean parameter) {
    String attribute = "w" + tensors.size();
    tensors.add(new NetworkTensor(expected, attribute, parameter));
    names.weight(input.name(), "self." + attribute);
  }

  /**
   * Adds the other names of weights. A weight that two modules share is read under one name but is
   * in the file under both.
   */
  private void otherNames() {
    Set<String> known = new HashSet<>();
    graph.inputs().forEach(input -> known.add(input.source()));
    for (String name : archive.weights().names()) {
      if (!known.contains(name)) {
        unused(name, archive.weights().get(name).orElseThrow());
      }
    }
  }

  private void unused(String name, Tensor tensor) {
    tensors.add(NetworkTensor.unused(ExpectedTensor.unused(name, tensor.shape())));
  }

  private Tensor held(StateDict held, GraphInput input, String kind) {
    return held.get(input.source())
        .orElseThrow(
            () ->
                refusal.of(
                    "its %s %s is missing (is the file damaged?)"
                        .formatted(kind, GraphChecks.shown(input.source()))));
  }
}
