package io.similitude.program.exported;

import io.similitude.checkpoint.exported.Argument;
import io.similitude.checkpoint.exported.ExportedGraph;
import io.similitude.checkpoint.exported.GraphNode;
import io.similitude.checkpoint.exported.TensorValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which dimension of each tensor holds the examples, in a graph that was exported with a fixed
 * number of them, so that the sizes that are written in can be freed: a view of [197, 12, 64] of a
 * tensor [197, 1, 768], whose dimension 1 is the batch, means [197, 12 n, 64].
 *
 * <p>What is found out is a guess for operators that are not known here. So a freed network is run
 * beside the fixed one, and used only if both give the same.
 */
final class BatchDimensions {
  private static final List<String> VIEWS = List.of("view", "reshape", "_unsafe_view");
  private static final List<String> CREATING =
      List.of("zeros", "ones", "full", "empty", "new_zeros", "new_ones", "new_full", "new_empty");

  private final ExportedGraph graph;
  private final long batch;
  private final Map<String, Integer> dimensions = new HashMap<>();

  BatchDimensions(ExportedGraph graph, String images, long batch) {
    this.graph = graph;
    this.batch = batch;
    dimensions.put(images, 0);
  }

  /** Notes where a node's values have their examples. */
  void add(String operator, GraphNode node) {
    for (Argument output : node.outputs()) {
      for (String name : ReturnedValue.tensors(output)) {
        dimension(operator, node, name).ifPresent(d -> dimensions.put(name, d));
      }
    }
  }

  /** The argument of sizes with the batch freed; empty where none of them is the batch's. */
  Map<String, String> freed(String operator, GraphNode node, String examples) {
    String name = node.input("size").isPresent() ? "size" : "shape";
    Optional<List<Long>> sizes = node.input(name).flatMap(BatchDimensions::wholes);
    if (sizes.isEmpty()) {
      return Map.of();
    }
    OptionalInt at = place(operator, node, sizes.get());
    if (at.isEmpty() || sizes.get().get(at.getAsInt()) % batch != 0) {
      return Map.of();
    }
    StringBuilder text = new StringBuilder("[");
    for (int d = 0; d < sizes.get().size(); d++) {
      long size = sizes.get().get(d);
      text.append(d == 0 ? "" : ", ")
          .append(d == at.getAsInt() ? "(" + examples + " * " + size / batch + ")" : size + "");
    }
    return Map.of(name, text + "]");
  }

  private OptionalInt place(String operator, GraphNode node, List<Long> sizes) {
    Optional<String> first = first(node);
    Optional<Integer> of = first.map(dimensions::get);
    if (VIEWS.contains(operator)) {
      return of.isEmpty() ? OptionalInt.empty() : aligned(shape(first.get()), of.get(), sizes);
    }
    if (operator.equals("expand") && of.isPresent()) {
      int at = of.get() + sizes.size() - shape(first.get()).size();
      return sizes.get(at) > 0 ? OptionalInt.of(at) : OptionalInt.empty();
    }
    boolean isNew = operator.equals("expand") || CREATING.contains(operator);
    return isNew && !sizes.isEmpty() && sizes.get(0) == batch
        ? OptionalInt.of(0)
        : OptionalInt.empty();
  }

  private Optional<Integer> dimension(String operator, GraphNode node, String output) {
    Optional<String> first = first(node).filter(dimensions::containsKey);
    if (first.isEmpty() && operator.equals("expand")) {
      return shape(output).isEmpty() || shape(output).get(0) != batch
          ? Optional.empty()
          : Optional.of(0);
    }
    if (first.isEmpty()) {
      return ofAny(node, output);
    }
    int d = dimensions.get(first.get());
    int rank = shape(first.get()).size();
    return switch (operator) {
      case "view", "reshape", "_unsafe_view" -> {
        OptionalInt at = aligned(shape(first.get()), d, shape(output));
        yield at.isPresent() ? Optional.of(at.getAsInt()) : Optional.empty();
      }
      case "transpose" ->
          Optional.of(swapped(d, whole(node, "dim0", rank), whole(node, "dim1", rank)));
      case "t" -> Optional.of(rank == 2 ? 1 - d : d);
      case "permute" -> permuted(node, d, rank);
      case "select" -> without(d, whole(node, "dim", rank));
      case "squeeze" -> squeezed(node, d, rank, shape(first.get()));
      case "unsqueeze" -> Optional.of(whole(node, "dim", rank + 1) <= d ? d + 1 : d);
      case "stack" -> Optional.of(whole(node, "dim", rank + 1) <= d ? d + 1 : d);
      case "unbind" -> without(d, whole(node, "dim", rank));
      case "flatten" -> flattened(node, d, rank);
      case "unflatten" -> Optional.of(d + grown(node, d, rank, shape(output).size()));
      default -> kept(node, d, rank, output);
    };
  }

  /** Of an operator whose first operand has no examples: a constant plus a tensor, say. */
  private Optional<Integer> ofAny(GraphNode node, String output) {
    for (GraphNode.Input input : node.inputs()) {
      for (String name : ReturnedValue.tensors(input.value())) {
        if (dimensions.containsKey(name)) {
          return kept(node, dimensions.get(name), shape(name).size(), output);
        }
      }
    }
    return Optional.empty();
  }

  /** Most operators leave dimensions where they are; reductions take some away. */
  private Optional<Integer> kept(GraphNode node, int d, int rank, String output) {
    int made = shape(output).size();
    Optional<List<Long>> reduced = node.input("dim").flatMap(BatchDimensions::wholes);
    if (made < rank && reduced.isPresent()) {
      int before =
          (int) reduced.get().stream().filter(it -> Math.floorMod(it, (long) rank) < d).count();
      boolean gone = reduced.get().stream().anyMatch(it -> Math.floorMod(it, (long) rank) == d);
      return gone ? Optional.empty() : Optional.of(d - before);
    }
    int at = made > rank ? d + made - rank : d;
    return at < made ? Optional.of(at) : Optional.empty();
  }

  private Optional<Integer> permuted(GraphNode node, int d, int rank) {
    List<Long> order = node.input("dims").flatMap(BatchDimensions::wholes).orElse(List.of());
    for (int i = 0; i < order.size(); i++) {
      if (Math.floorMod(order.get(i), (long) rank) == d) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private Optional<Integer> squeezed(GraphNode node, int d, int rank, List<Long> shape) {
    if (node.input("dim").isEmpty()) {
      return Optional.empty();
    }
    int dim = whole(node, "dim", rank);
    return dim < shape.size() && shape.get(dim) == 1 ? without(d, dim) : Optional.of(d);
  }

  private Optional<Integer> flattened(GraphNode node, int d, int rank) {
    int start = whole(node, "start_dim", rank);
    int end = node.input("end_dim").isPresent() ? whole(node, "end_dim", rank) : rank - 1;
    if (d > start && d <= end) {
      return Optional.empty();
    }
    return Optional.of(d <= start ? d : d - (end - start));
  }

  private static int grown(GraphNode node, int d, int rank, int made) {
    return whole(node, "dim", rank) < d ? made - rank : 0;
  }

  private static Optional<Integer> without(int d, int gone) {
    return d == gone ? Optional.empty() : Optional.of(d > gone ? d - 1 : d);
  }

  private static int swapped(int d, int a, int b) {
    return d == a ? b : d == b ? a : d;
  }

  /** Where elements that lie alike have the dimension, which must lead those it is merged with. */
  private static OptionalInt aligned(List<Long> from, int d, List<Long> to) {
    long before = from.subList(0, Math.min(d, from.size())).stream().reduce(1L, (a, b) -> a * b);
    long product = 1;
    for (int i = 0; i < to.size(); i++) {
      if (product == before) {
        return OptionalInt.of(i);
      }
      product *= to.get(i);
    }
    return OptionalInt.empty();
  }

  private static int whole(GraphNode node, String name, int rank) {
    return node.input(name)
        .filter(Argument.Whole.class::isInstance)
        .map(it -> (int) Math.floorMod(((Argument.Whole) it).value(), (long) Math.max(1, rank)))
        .orElse(0);
  }

  /** A list of numbers that are all written in. */
  private static Optional<List<Long>> wholes(Argument argument) {
    if (argument instanceof Argument.Whole one) {
      return Optional.of(List.of(one.value()));
    }
    return argument instanceof Argument.Several several
            && several.items().stream().allMatch(Argument.Whole.class::isInstance)
        ? Optional.of(several.items().stream().map(it -> ((Argument.Whole) it).value()).toList())
        : Optional.empty();
  }

  private static Optional<String> first(GraphNode node) {
    return node.inputs().stream()
        .limit(1)
        .flatMap(input -> ReturnedValue.tensors(input.value()).stream())
        .findFirst();
  }

  private List<Long> shape(String name) {
    return graph.value(name).map(TensorValue::shape).orElse(List.of());
  }
}
