package io.similitude.checkpoint.exported;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The graph of an exported network.
 *
 * @param inputs everything that it reads, in order
 * @param nodes its operations, in the order in which they run
 * @param outputs what the network returns, in order
 * @param outputNames the keys if it returns a dictionary, one for each output; otherwise empty
 * @param changes whether it changes its own buffers, as networks in training mode do
 * @param values the known properties of each tensor, by its name
 * @param modules the names of all modules of the network
 * @param torchVersion the version of PyTorch that wrote it; may be empty
 */
public record ExportedGraph(
    List<GraphInput> inputs,
    List<GraphNode> nodes,
    List<Argument> outputs,
    List<String> outputNames,
    boolean changes,
    Map<String, TensorValue> values,
    List<String> modules,
    String torchVersion) {
  public ExportedGraph {
    inputs = List.copyOf(inputs);
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    outputNames = List.copyOf(outputNames);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    modules = List.copyOf(modules);
  }

  /** The properties of a tensor that the graph states. */
  public Optional<TensorValue> value(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
