package io.similitude.program.exported;

import io.similitude.checkpoint.exported.Argument;
import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.exported.ExportedGraph;
import io.similitude.checkpoint.exported.GraphInput;
import io.similitude.checkpoint.exported.GraphNode;
import io.similitude.input.InputException;
import io.similitude.program.FeatureAxes;
import io.similitude.program.FeatureAxis;
import io.similitude.program.InputNormalization;
import io.similitude.program.Layer;
import io.similitude.program.Tap;
import io.similitude.program.Value;
import io.similitude.program.architecture.Operation;
import io.similitude.program.architecture.TrainingForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Translates a graph into operations of a program, node by node. Every name of the graph becomes a
 * value. The contents of its inputs become attributes.
 */
final class Translation {
  private final ExportedGraph graph;
  private final Refusal refusal;
  private final GraphChecks checks;
  private final Names names;
  private final GraphInput images;
  private final ExampleShapes shapes;
  private final NodeExpressions expressions;
  private final TrainingForms forms;
  private final OperationList operations = new OperationList();
  private final GraphTensors tensors;
  private final LayerCalls calls;
  private final Value given;
  private final List<Tap> taps = new ArrayList<>();
  private final List<String> dependent = new ArrayList<>();

  /**
   * A translation.
   *
   * @param shown the shape of one image
   * @param freed whether to free a fixed batch size
   */
  Translation(
      String file,
      ExportArchive archive,
      List<Integer> shown,
      InputNormalization normalization,
      boolean freed) {
    this.graph = archive.graph();
    this.refusal = new Refusal(file);
    this.checks = new GraphChecks(refusal);
    this.names = new Names(refusal);
    this.images = checks.images(graph);
    this.shapes = new ExampleShapes(graph, images);
    this.expressions =
        freed
            ? NodeExpressions.freed(names, refusal, graph, images.name(), shapes.batch())
            : NodeExpressions.asWritten(names, refusal);
    this.forms = new TrainingForms(file, graph, expressions);
    this.calls = new LayerCalls(graph, images.name());
    this.given = new Value(Value.INPUT, shown, FeatureAxis.FIRST);
    input(normalization);
    this.tensors = new GraphTensors(archive, normalization, names, refusal);
    for (int place = 0; place < graph.nodes().size(); place++) {
      node(graph.nodes().get(place));
      calls.endingAt(place).forEach(this::tap);
    }
  }

  List<Operation> operations() {
    return operations.list();
  }

  GraphTensors tensors() {
    return tensors;
  }

  /** The images that the program receives. */
  Value given() {
    return given;
  }

  GraphInput images() {
    return images;
  }

  ExampleShapes shapes() {
    return shapes;
  }

  Refusal refusal() {
    return refusal;
  }

  /** A tensor of the graph as 32-bit floating-point numbers. */
  Value logits(String name) {
    String expression = names.expression(name);
    Value value = names.value(name).orElseThrow();
    return operations.add(
        "torch.to(%s, 6)".formatted(expression), List.of(value), value.shape(), true, 0);
  }

  /** The layers and their values, in the order in which they are returned. */
  List<Tap> taps() {
    List<Layer> layers = taps.stream().map(Tap::layer).toList();
    List<Layer> told = FeatureAxes.tell(layers, given.shape());
    return IntStream.range(0, taps.size())
        .mapToObj(i -> new Tap(told.get(i), taps.get(i).value(), Optional.empty()))
        .toList();
  }

  /**
   * The reason why an example's values depend on the other examples of a batch; empty if they do
   * not.
   */
  Optional<String> batchDependence() {
    return dependent.isEmpty()
        ? Optional.empty()
        : Optional.of("without running statistics: " + LayerCalls.named(dependent));
  }

  /** The first reason why the graph cannot be trained; empty if it can. */
  Optional<InputException> untrainable() {
    return forms.reason();
  }

  /** Whether the graph runs in training with any order of dimensions in memory. */
  boolean isForAnyLayout() {
    return forms.isForAnyLayout();
  }

  /** The parts of the network that cannot be tapped, and why. */
  List<String> remarks() {
    return calls.remarks();
  }

  private void tap(ModuleCall call) {
    Optional<String> tensor = calls.tensor(call);
    if (tensor.isPresent()) {
      Value value = names.value(tensor.get()).orElseThrow();
      Value now = operations.atThisMoment(value);
      Layer layer = new Layer(taps.size(), call.name(), call.type(), value.shape());
      taps.add(new Tap(layer, now, Optional.empty()));
    }
  }

  private void input(InputNormalization normalization) {
    List<Integer> shown = given.shape();
    Value shownImages = given;
    if (!normalization.isNone()) {
      shownImages = operations.add(normalization.of("x"), List.of(given), shown, false, 0);
    }
    String cast = "torch.to(%s, %s)";
    String type = Expressions.elementType(shapes.imageType());
    Value input =
        operations.add(
            cast.formatted(shownImages.variable(), type), List.of(shownImages), shown, true, 0);
    if (writesOverInput()) {
      String copy = "torch.clone(%s)".formatted(input.variable());
      input = operations.add(copy, List.of(input), shown, false, 0);
    }
    names.value(images.name(), input);
    expressions.count(operations, given);
  }

  /**
   * Whether the graph overwrites the images. They belong to the caller, so a copy is overwritten
   * instead.
   */
  private boolean writesOverInput() {
    return graph.nodes().stream().anyMatch(node -> node.target().contains("_."));
  }

  private void node(GraphNode node) {
    Optional<String> operator = checks.operator(node);
    if (operator.isEmpty()) {
      one(node, expressions.ofArithmetic(node), TrainingForm.SAME, false, 0);
    } else if (!GraphChecks.ASSERTIONS.contains(operator.get())) {
      operator(node, operator.get());
    }
  }

  private void operator(GraphNode node, String name) {
    requireOwnMemory(node, name);
    if (GraphChecks.dependsOnBatch(node, name)) {
      dependent.add(calls.innermost(node));
    }
    boolean shares = Operators.sharesMemory(name);
    String text = expressions.of(name, node);
    double flops = shapes.flops(name, node);
    TrainingForm form = forms.of(name, node, text, operations.list().size());
    if (node.outputs().size() == 1 && !(node.outputs().get(0) instanceof Argument.Several)) {
      one(node, text, form, shares, flops);
    } else {
      several(node, text, shares, flops);
    }
  }

  /**
   * Refuses a node that overwrites weights. Such a network would be different for its next batch.
   */
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

  private void one(GraphNode node, String text, TrainingForm form, boolean shares, double flops) {
    Argument output = node.outputs().get(0);
    List<Integer> shape = shapes.of(ReturnedValue.tensors(output));
    name(node, output, operations.add(text, form, operands(node), shape, shares, flops));
  }

  /** Adds a tuple or a list. Each item is a value of its own. */
  private void several(GraphNode node, String text, boolean shares, double flops) {
    List<Argument> items =
        node.outputs().size() == 1
            ? ((Argument.Several) node.outputs().get(0)).items()
            : node.outputs();
    Value whole = operations.add(text, operands(node), List.of(0), shares, flops);
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i) instanceof Argument.Nothing)) {
        List<Integer> shape = shapes.of(ReturnedValue.tensors(items.get(i)));
        String item = "(%s)[%d]".formatted(whole.variable(), i);
        name(node, items.get(i), operations.add(item, List.of(whole), shape, shares, 0));
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
          "%s returns something that is not a tensor".formatted(GraphChecks.shown(node.target())),
          "export it without");
    }
  }

  private List<Value> operands(GraphNode node) {
    return node.inputs().stream()
        .flatMap(input -> ReturnedValue.tensors(input.value()).stream())
        .flatMap(name -> names.value(name).stream())
        .toList();
  }
}
