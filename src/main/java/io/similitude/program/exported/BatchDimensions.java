package io.similitude.program.exported;

import io.similitude.checkpoint.exported.Argument;
import io.similitude.checkpoint.exported.ExportedGraph;
import io.similitude.checkpoint.exported.GraphNode;
import io.similitude.checkpoint.exported.TensorValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the dimension of each tensor that holds the examples, in a graph that was exported with a
 * fixed number of them. With this, the fixed sizes can be replaced. Example: a tensor [197, 1, 768]
 * has the batch in dimension 1. Its view [197, 12, 64] then means [197, 12 n, 64].
 *
 * <p>For operators that are not known here, the result is a guess. So the freed network is run next
 * to the fixed one, and is used only if both give the same result.
 */
final class BatchDimensions {
  private static final List<String> VIEWS = List.of("view", "reshape", "_unsafe_view");
  private static final List<String> CREATING =
      List.of("zeros", "ones", "full", "empty", "new_zeros", "new_ones", "new_full", "new_empty");

  private final ExportedGraph graph;
  private final long batch;
  private final Map<String, Place> places = new HashMap<>();

  BatchDimensions(ExportedGraph graph, String images, long batch) {
    this.graph = graph;
    this.batch = batch;
    places.put(images, new Place(0, 1));
  }

  /** Records the dimension of the examples in a node's values. */
  void add(String operator, GraphNode node) {
    for (Argument output : node.outputs()) {
      for (String name : ReturnedValue.tensors(output)) {
        place(operator, node, name).ifPresent(place -> places.put(name, place));
      }
    }
  }

  /** The size arguments with the batch freed, by name; empty if no size is that of the batch. */
  Map<String, String> freed(String operator, GraphNode node, String examples) {
    String name = node.input("size").isPresent() ? "size" : "shape";
    Optional<List<Long>> sizes = node.input(name).flatMap(BatchDimensions::wholes);
    Optional<Integer> at = sizes.flatMap(it -> written(operator, node, it));
    if (at.isEmpty() || sizes.get().get(at.get()) <= 0 || sizes.get().get(at.get()) % batch != 0) {
      return Map.of();
    }
    List<String> texts = new ArrayList<>();
    for (int d = 0; d < sizes.get().size(); d++) {
      long size = sizes.get().get(d);
      texts.add(d == at.get() ? "(" + examples + " * " + size / batch + ")" : "" + size);
    }
    return Map.of(name, "[" + String.join(", ", texts) + "]");
  }

  /** Finds the size argument of a node that contains the batch. */
  private Optional<Integer> written(String operator, GraphNode node, List<Long> sizes) {
    Optional<String> first = first(node);
    Optional<Place> of = first.map(places::get);
    if (VIEWS.contains(operator)) {
      return of.flatMap(it -> seen(before(shape(first.get()), it), made(node)))
          .map(Place::dimension);
    }
    if (operator.equals("expand") && of.isPresent()) {
      int at = of.get().dimension() + sizes.size() - shape(first.get()).size();
      return sizes.get(at) > 0 ? Optional.of(at) : Optional.empty();
    }
    boolean isNew = operator.equals("expand") || CREATING.contains(operator);
    return isNew && !sizes.isEmpty() && sizes.get(0) == batch ? Optional.of(0) : Optional.empty();
  }

  private Optional<Place> place(String operator, GraphNode node, String output) {
    Optional<String> first = first(node).filter(places::containsKey);
    boolean isNew = CREATING.contains(operator);
    if (isNew || (first.isEmpty() && operator.equals("expand"))) {
      boolean isBatch = !shape(output).isEmpty() && shape(output).get(0) == batch;
      return isBatch ? Optional.of(new Place(0, 1)) : Optional.empty();
    }
    if (first.isEmpty()) {
      return ofAny(node, output);
    }
    Place place = places.get(first.get());
    List<Long> shape = shape(first.get());
    if (VIEWS.contains(operator) || operator.equals("flatten") || operator.equals("unflatten")) {
      return seen(before(shape, place), shape(output));
    }
    return moved(operator, node, place.dimension(), shape, output)
        .map(d -> new Place(d, place.lead()));
  }

  /**
   * The dimension for an operator whose first operand has no examples, such as a constant plus a
   * tensor.
   */
  private Optional<Place> ofAny(GraphNode node, String output) {
    for (GraphNode.Input input : node.inputs()) {
      for (String name : ReturnedValue.tensors(input.value())) {
        if (places.containsKey(name)) {
          Place place = places.get(name);
          return kept(node, place.dimension(), shape(name).size(), output)
              .map(d -> new Place(d, place.lead()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Integer> moved(
      String operator, GraphNode node, int d, List<Long> shape, String output) {
    int rank = shape.size();
    return switch (operator) {
      case "transpose" ->
          Optional.of(swapped(d, whole(node, "dim0", rank), whole(node, "dim1", rank)));
      case "t" -> Optional.of(rank == 2 ? 1 - d : d);
      case "permute" -> permuted(node, d, rank);
      case "select", "unbind" -> without(d, whole(node, "dim", rank));
      case "squeeze" -> squeezed(node, d, shape);
      case "unsqueeze", "stack" -> Optional.of(whole(node, "dim", rank + 1) <= d ? d + 1 : d);
      default -> kept(node, d, rank, output);
    };
  }

  /**
   * The dimension after an operator. Most operators keep dimensions in place; reductions remove
   * some.
   */
  private Optional<Integer> kept(GraphNode node, int d, int rank, String output) {
    int made = shape(output).size();
    Optional<List<Long>> reduced = node.input("dim").flatMap(BatchDimensions::wholes);
    if (made < rank && reduced.isPresent()) {
      List<Integer> gone =
          reduced.get().stream().map(it -> (int) Math.floorMod(it, (long) rank)).toList();
      int before = (int) gone.stream().filter(it -> it < d).count();
      return gone.contains(d) ? Optional.empty() : Optional.of(d - before);
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

  private Optional<Integer> squeezed(GraphNode node, int d, List<Long> shape) {
    if (node.input("dim").isEmpty()) {
      return Optional.empty();
    }
    int dim = whole(node, "dim", shape.size());
    return dim < shape.size() && shape.get(dim) == 1 ? without(d, dim) : Optional.of(d);
  }

  private static Optional<Integer> without(int d, int gone) {
    return d == gone ? Optional.empty() : Optional.of(d > gone ? d - 1 : d);
  }

  private static int swapped(int d, int a, int b) {
    return d == a ? b : d == b ? a : d;
  }

  /** The number of steps of dimensions before the batch. */
  private static long before(List<Long> shape, Place place) {
    return shape.subList(0, Math.min(place.dimension(), shape.size())).stream()
        .reduce(place.lead(), (a, b) -> a * b);
  }

  /**
   * The place of the batch when the same elements have another shape. It is the dimension in which
   * the batch comes first, or otherwise one in which it comes after other factors. It is the last
   * dimension only if no other is possible, because the last dimension holds features.
   */
  private Optional<Place> seen(long before, List<Long> shape) {
    Optional<Place> best = Optional.empty();
    long product = 1;
    for (int d = 0; d < shape.size() && product > 0 && product <= before; d++) {
      boolean fits = before % product == 0 && shape.get(d) % (before / product * batch) == 0;
      boolean isNew = best.isEmpty() || best.get().lead() > before / product;
      boolean isLast = d == shape.size() - 1;
      if (fits && isNew && !(isLast && best.isPresent())) {
        best = Optional.of(new Place(d, before / product));
      }
      product *= shape.get(d);
    }
    return best;
  }

  private List<Long> made(GraphNode node) {
    return node.outputs().stream()
        .flatMap(output -> ReturnedValue.tensors(output).stream())
        .findFirst()
        .map(this::shape)
        .orElse(List.of());
  }

  private static int whole(GraphNode node, String name, int rank) {
    return node.input(name)
        .filter(Argument.Whole.class::isInstance)
        .map(it -> (int) Math.floorMod(((Argument.Whole) it).value(), (long) Math.max(1, rank)))
        .orElse(0);
  }

  /** A list of numbers that are all fixed. */
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

  /**
   * The place of the examples in a tensor.
   *
   * @param dimension the dimension that holds the examples
   * @param lead the other factor of that dimension, which comes before the examples: in 20 = 5
   *     tokens of 4 examples it is 5
   */
  private record Place(int dimension, long lead) {}
}
