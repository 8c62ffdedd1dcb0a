package io.similitude.program.exported;

import static java.util.stream.Collectors.joining;

import io.similitude.checkpoint.exported.Argument;
import io.similitude.checkpoint.exported.ExportedGraph;
import io.similitude.checkpoint.exported.GraphNode;
import io.similitude.checkpoint.exported.TensorValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The calls of modules that can be tapped, and the reasons why others cannot. */
final class LayerCalls {
  private static final int MOST_NAMED = 8;

  private final ExportedGraph graph;
  private final TensorValue images;
  private final ReturnedValue returned;
  private final List<ModuleCall> calls;
  private final Map<Integer, List<ModuleCall>> endings = new HashMap<>();

  LayerCalls(ExportedGraph graph, String imagesName) {
    this.graph = graph;
    this.images = graph.value(imagesName).orElseThrow();
    this.calls = ModuleCalls.of(graph.nodes(), graph.torchVersion());
    this.returned =
        new ReturnedValue(graph.nodes(), graph.outputs(), dependOn(graph.nodes(), imagesName));
    for (ModuleCall call : calls) {
      endings.computeIfAbsent(call.last(), place -> new ArrayList<>()).add(call);
    }
    // Inner calls return before outer calls.
    endings.values().forEach(all -> all.sort(Comparator.comparing(ModuleCall::depth).reversed()));
  }

  /** The calls that return at a node, in the order in which they return. */
  List<ModuleCall> endingAt(int place) {
    return endings.getOrDefault(place, List.of());
  }

  /** The tensor to be tapped for a call; empty if there is none. */
  Optional<String> tensor(ModuleCall call) {
    return returned.of(call).filter(name -> graph.value(name).filter(this::isLayer).isPresent());
  }

  /** The parts of the network that cannot be tapped, and why. */
  List<String> remarks() {
    Map<String, List<String>> why = new LinkedHashMap<>();
    for (ModuleCall call : calls) {
      returned
          .remark(call)
          .ifPresent(
              what ->
                  why.computeIfAbsent("return " + what, key -> new ArrayList<>()).add(call.name()));
    }
    List<String> left = withoutOperations();
    if (!left.isEmpty()) {
      why.put("left no operation (they return their input, or are never called)", left);
    }
    return why.entrySet().stream()
        .map(it -> "not tapped: modules that %s: %s".formatted(it.getKey(), named(it.getValue())))
        .toList();
  }

  private boolean isLayer(TensorValue value) {
    return value.isFloating()
        && !value.sizes().isEmpty()
        && value.sizes().get(0).equals(images.sizes().get(0));
  }

  /** Modules that contain no other modules and no nodes. */
  private List<String> withoutOperations() {
    Set<String> known = new HashSet<>();
    calls.forEach(call -> known.add(call.name()));
    Set<String> parents = new HashSet<>();
    for (String name : graph.modules()) {
      for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
        parents.add(name.substring(0, dot));
      }
    }
    return graph.modules().stream()
        .filter(name -> !name.isEmpty() && !name.contains("@"))
        .filter(name -> !known.contains(name) && !parents.contains(name))
        .toList();
  }

  /** The innermost module that contains a node. */
  String innermost(GraphNode node) {
    return node.modules().isEmpty()
        ? node.target()
        : ModulePath.plain(node.modules().get(node.modules().size() - 1).path());
  }

  /** Some of the names, so that they fit into a message. */
  static String named(List<String> names) {
    int more = names.size() - MOST_NAMED;
    return names.stream().limit(MOST_NAMED).map(GraphChecks::shown).collect(joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static Set<String> dependOn(List<GraphNode> nodes, String images) {
    Set<String> depend = new HashSet<>(Set.of(images));
    for (GraphNode node : nodes) {
      boolean reads =
          node.inputs().stream()
              .flatMap(input -> ReturnedValue.tensors(input.value()).stream())
              .anyMatch(depend::contains);
      if (reads) {
        for (Argument output : node.outputs()) {
          depend.addAll(ReturnedValue.tensors(output));
        }
      }
    }
    return depend;
  }
}
