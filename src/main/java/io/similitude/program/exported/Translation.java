package io.similitude.program.exported;

import io.similitude.checkpoint.exported.Argument;
import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.exported.ExportedGraph;
import io.similitude.checkpoint.exported.GraphInput;
import io.similitude.checkpoint.exported.GraphNode;
import io.similitude.checkpoint.exported.TensorValue;
import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.program.FeatureAxes;
import io.similitude.program.FeatureAxis;
import io.similitude.program.InputNormalization;
import io.similitude.program.Layer;
import io.similitude.program.NetworkTensor;
import io.similitude.program.Tap;
import io.similitude.program.Value;
import io.similitude.program.architecture.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Writes a graph down as operations of a program, node by node. Every name of the graph becomes a
 * value; what its inputs hold becomes attributes.
 */
final class Translation {
  private static final String EXAMPLES = "examples";
  private static final String SIZE = "torch.size(%s, %s)";

  private final ExportedGraph graph;
  private final ExportArchive archive;
  private final Refusal refusal;
  private final GraphChecks checks;
  private final Names names;
  private final Expressions expressions;
  private final GraphInput images;
  private final long batch;
  private final Optional<BatchDimensions> freeing;
  private final List<Operation> operations = new ArrayList<>();
  private final List<NetworkTensor> tensors = new ArrayList<>();
  private final Map<String, Tensor> constants = new LinkedHashMap<>();
  private final Map<String, DType> types = new LinkedHashMap<>();
  private final List<Tap> taps = new ArrayList<>();
  private final LayerCalls calls;
  private final List<String> dependent = new ArrayList<>();
  private Value given = new Value(Value.INPUT, List.of(), FeatureAxis.FIRST);

  /**
   * A translation.
   *
   * @param shown the shape of one image
   * @param freed whether to free a batch that is written in
   */
  Translation(
      String file,
      ExportArchive archive,
      List<Integer> shown,
      InputNormalization normalization,
      boolean freed) {
    this.archive = archive;
    this.graph = archive.graph();
    this.refusal = new Refusal(file);
    this.checks = new GraphChecks(refusal);
    this.names = new Names(refusal);
    this.expressions = new Expressions(names, refusal);
    this.images = checks.images(graph);
    this.batch =
        graph.value(images.name()).orElseThrow().sizes().stream()
            .findFirst()
            .map(TensorValue.Size::seen)
            .filter(seen -> seen > 0)
            .orElse(1L);
    this.freeing =
        freed ? Optional.of(new BatchDimensions(graph, images.name(), batch)) : Optional.empty();
    this.calls = new LayerCalls(graph, images.name());
    inputs(shown, normalization);
    for (int place = 0; place < graph.nodes().size(); place++) {
      node(graph.nodes().get(place));
      calls.endingAt(place).forEach(this::tap);
    }
  }

  List<Operation> operations() {
    return operations;
  }

  List<NetworkTensor> tensors() {
    return tensors;
  }

  /** The tensors that no checkpoint has, by the names under which the program expects them. */
  Map<String, Tensor> constants() {
    return constants;
  }

  /** The types of elements that the program wants of its weights, by their names. */
  Map<String, DType> types() {
    return types;
  }

  /** The images, as the program is given them. */
  Value given() {
    return given;
  }

  GraphInput images() {
    return images;
  }

  /** How many examples the network was exported with. */
  long batch() {
    return batch;
  }

  Refusal refusal() {
    return refusal;
  }

  /** A tensor of the graph as real numbers of 32 bits. */
  Value logits(String name) {
    String expression = names.expression(name);
    Value value = names.value(name).orElseThrow();
    return add("torch.to(%s, 6)".formatted(expression), List.of(value), value.shape(), true, 0);
  }

  /** The layers and their values, in the order in which they are returned. */
  List<Tap> taps() {
    List<Layer> layers = taps.stream().map(Tap::layer).toList();
    List<Layer> told = FeatureAxes.tell(layers, given.shape());
    return IntStream.range(0, taps.size())
        .mapToObj(i -> new Tap(told.get(i), taps.get(i).value(), Optional.empty()))
        .toList();
  }

  /** Why an example's values depend on the others of a batch; empty if they do not. */
  Optional<String> batchDependence() {
    return dependent.isEmpty()
        ? Optional.empty()
        : Optional.of("without running statistics: " + LayerCalls.named(dependent));
  }

  /** What of the network cannot be tapped, and why. */
  List<String> remarks() {
    return calls.remarks();
  }

  /** The value is that at the end of the call: an operation in between may have written over it. */
  private void tap(ModuleCall call) {
    Optional<String> tensor = calls.tensor(call);
    if (tensor.isPresent()) {
      Value value = names.value(tensor.get()).orElseThrow();
      boolean isLast = value.operation() == operations.size() - 1;
      Value at = isLast ? value : add(value.variable(), List.of(value), value.shape(), true, 0);
      Layer layer = new Layer(taps.size(), call.name(), call.type(), value.shape());
      taps.add(new Tap(layer, at, Optional.empty()));
    }
  }

  private void inputs(List<Integer> shown, InputNormalization normalization) {
    given = new Value(Value.INPUT, shown, FeatureAxis.FIRST);
    Value first = given;
    if (!normalization.isNone()) {
      first = add(normalization.of("x"), List.of(given), shown, false, 0);
    }
    normalization.expected().forEach(buffer -> tensors.add(NetworkTensor.unused(buffer)));
    int type = graph.value(images.name()).orElseThrow().type();
    first =
        add(
            "torch.to(%s, %s)".formatted(first.variable(), Expressions.elementType(type)),
            List.of(first),
            shown,
            true,
            0);
    if (writesOverInput()) {
      first = add("torch.clone(%s)".formatted(first.variable()), List.of(first), shown, false, 0);
    }
    names.value(images.name(), first);
    if (freeing.isPresent()) {
      names.value(
          EXAMPLES + " ", add(SIZE.formatted("x", "0"), List.of(given), List.of(0), false, 0));
    }
    weights();
  }

  /** The images are the caller's: what is written over is a copy of them. */
  private boolean writesOverInput() {
    return graph.nodes().stream().anyMatch(node -> node.target().contains("_."));
  }

  private void weights() {
    Set<String> read = new HashSet<>();
    graph
        .nodes()
        .forEach(
            node ->
                node.inputs().forEach(input -> read.addAll(ReturnedValue.tensors(input.value()))));
    for (GraphInput input : graph.inputs()) {
      if (input.kind() == GraphInput.Kind.CONSTANT) {
        constant(input, read.contains(input.name()));
      } else if (input.kind() == GraphInput.Kind.PARAMETER
          || input.kind() == GraphInput.Kind.BUFFER) {
        weight(input, read.contains(input.name()));
      }
    }
    otherNames();
  }

  /** A weight that two modules share is read under one name and is in the file under both. */
  private void otherNames() {
    Set<String> read = new HashSet<>();
    graph.inputs().forEach(input -> read.add(input.source()));
    for (String name : archive.weights().names()) {
      if (!read.contains(name)) {
        long[] shape = archive.weights().get(name).orElseThrow().shape();
        tensors.add(NetworkTensor.unused(ExpectedTensor.optional(name, shape)));
      }
    }
  }

  private void weight(GraphInput input, boolean read) {
    Tensor own = held(archive.weights(), input, "weight");
    if (!read) {
      tensors.add(NetworkTensor.unused(ExpectedTensor.optional(input.source(), own.shape())));
      return;
    }
    types.put(input.source(), own.dtype());
    attribute(
        input,
        ExpectedTensor.required(input.source(), own.shape()),
        input.kind() == GraphInput.Kind.PARAMETER && own.dtype().isFloating());
  }

  private Tensor held(StateDict tensors, GraphInput input, String kind) {
    return tensors
        .get(input.source())
        .orElseThrow(
            () ->
                refusal.of(
                    "its %s %s is missing (is the file damaged?)"
                        .formatted(kind, GraphChecks.shown(input.source()))));
  }

  private void constant(GraphInput input, boolean read) {
    if (!read) {
      return;
    }
    // No checkpoint has a tensor of such a name.
    String name = "constant " + input.source();
    Tensor value = held(archive.constants(), input, "constant");
    constants.put(name, value);
    types.put(name, value.dtype());
    attribute(input, ExpectedTensor.required(name, value.shape()), false);
  }

  private void attribute(GraphInput input, ExpectedTensor expected, boolean parameter) {
    String attribute = "w" + tensors.size();
    tensors.add(new NetworkTensor(expected, attribute, parameter));
    names.weight(input.name(), "self." + attribute);
  }

  private void node(GraphNode node) {
    Optional<String> operator = checks.operator(node);
    if (operator.isEmpty()) {
      one(node, arithmetic(node), false, 0);
      return;
    }
    String name = operator.get();
    if (GraphChecks.ASSERTIONS.contains(name)) {
      return;
    }
    requireOwnMemory(node, name);
    if (GraphChecks.dependsOnBatch(node, name)) {
      dependent.add(calls.innermost(node));
    }
    Map<String, String> rewritten = freedSizes(name, node);
    boolean shares = Operators.sharesMemory(name);
    String text = isSize(name) ? size(name, node) : expressions.call(name, node, rewritten);
    freeing.ifPresent(it -> it.add(name, node));
    if (node.outputs().size() == 1 && !(node.outputs().get(0) instanceof Argument.Several)) {
      one(node, text, shares, flops(name, node));
    } else {
      several(node, text, shares, flops(name, node));
    }
  }

  private Map<String, String> freedSizes(String operator, GraphNode node) {
    return freeing
        .map(it -> it.freed(operator, node, names.expression(EXAMPLES + " ")))
        .orElse(Map.of());
  }

  /** A network that writes over its weights would be another one at its next batch. */
  private void requireOwnMemory(GraphNode node, String operator) {
    boolean writes = operator.endsWith("_") && !operator.endsWith("__");
    if (writes
        && ReturnedValue.tensors(node.inputs().get(0).value()).stream().anyMatch(names::isWeight)) {
      throw refusal.of(
          node,
          "it is in training mode: it writes over its own weights",
          "export it in evaluation mode: model.eval()");
    }
  }

  private static boolean isSize(String operator) {
    return List.of("sym_size", "sym_numel", "sym_stride", "sym_storage_offset").contains(operator);
  }

  private String size(String operator, GraphNode node) {
    String of = expressions.argument(node, "self", node.inputs().get(0).value());
    String dim = node.input("dim").map(it -> expressions.argument(node, "dim", it)).orElse("0");
    return switch (operator) {
      case "sym_size" -> SIZE.formatted(of, dim);
      case "sym_stride" -> "torch.stride(%s, %s)".formatted(of, dim);
      case "sym_numel" -> "torch.numel(%s)".formatted(of);
      default -> "torch.storage_offset(%s)".formatted(of);
    };
  }

  private String arithmetic(GraphNode node) {
    String pattern = GraphChecks.ARITHMETIC.get(node.target());
    List<String> operands =
        node.inputs().stream()
            .map(input -> expressions.argument(node, input.name(), input.value()))
            .toList();
    int wanted = pattern.split("%s", -1).length - 1;
    if (operands.size() != wanted || node.outputs().size() != 1) {
      throw refusal.of(node, "its arithmetic of sizes is broken", "is the file damaged?");
    }
    return pattern.formatted(operands.toArray());
  }

  private void one(GraphNode node, String text, boolean shares, double flops) {
    name(node, node.outputs().get(0), add(text, operands(node), shape(node, 0), shares, flops));
  }

  /** A tuple or a list, of which each item is a value of its own. */
  private void several(GraphNode node, String text, boolean shares, double flops) {
    List<Argument> items =
        node.outputs().size() == 1
            ? ((Argument.Several) node.outputs().get(0)).items()
            : node.outputs();
    Value whole = add(text, operands(node), List.of(0), shares, flops);
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i) instanceof Argument.Nothing)) {
        List<Integer> shape = exampleShape(ReturnedValue.tensors(items.get(i)));
        Value item =
            add("(%s)[%d]".formatted(whole.variable(), i), List.of(whole), shape, shares, 0);
        name(node, items.get(i), item);
      }
    }
  }

  private void name(GraphNode node, Argument output, Value value) {
    if (output instanceof Argument.OfTensor tensor) {
      names.value(tensor.name(), value);
    } else if (output instanceof Argument.OfSymbol symbol) {
      names.value(symbol.name(), value);
    } else {
      throw refusal.of(
          node,
          "%s makes what is no tensor".formatted(GraphChecks.shown(node.target())),
          "export it without");
    }
  }

  private List<Value> operands(GraphNode node) {
    List<Value> operands = new ArrayList<>();
    for (GraphNode.Input input : node.inputs()) {
      for (String name : ReturnedValue.tensors(input.value())) {
        names.value(name).ifPresent(operands::add);
      }
    }
    return operands;
  }

  private double flops(String operator, GraphNode node) {
    List<List<Long>> shapes = new ArrayList<>();
    for (GraphNode.Input input : node.inputs()) {
      for (String name : ReturnedValue.tensors(input.value())) {
        graph.value(name).map(TensorValue::shape).ifPresent(shapes::add);
      }
    }
    long made =
        node.outputs().stream()
            .flatMap(output -> ReturnedValue.tensors(output).stream())
            .flatMap(name -> graph.value(name).stream())
            .mapToLong(TensorValue::elements)
            .sum();
    return Operators.flops(operator, shapes, made) / batch;
  }

  private List<Integer> shape(GraphNode node, int output) {
    return exampleShape(ReturnedValue.tensors(node.outputs().get(output)));
  }

  /** For one example; of a tensor that has the batch elsewhere, its share of the elements. */
  private List<Integer> exampleShape(List<String> tensor) {
    Optional<TensorValue> value = tensor.stream().findFirst().flatMap(graph::value);
    if (value.isEmpty()) {
      return List.of(0);
    }
    if (isOfExamples(value.get())) {
      return value.get().shape().stream().skip(1).map(Translation::size).toList();
    }
    return List.of(size((value.get().elements() + batch - 1) / batch));
  }

  /** Whether the first dimension of a tensor is the batch. */
  boolean isOfExamples(TensorValue value) {
    TensorValue.Size first = graph.value(images.name()).orElseThrow().sizes().get(0);
    return !value.sizes().isEmpty() && value.sizes().get(0).equals(first);
  }

  private static int size(long size) {
    return (int) Math.min(size, Integer.MAX_VALUE);
  }

  private Value add(
      String text, List<Value> operands, List<Integer> shape, boolean shares, double flops) {
    Value value = new Value(operations.size(), shape, FeatureAxis.UNKNOWN);
    boolean alias = shares && !operands.isEmpty();
    operations.add(new Operation(text, "", alias, operands, value, (long) flops));
    return value;
  }
}
