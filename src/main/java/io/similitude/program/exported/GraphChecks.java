package io.similitude.program.exported;

import io.similitude.checkpoint.exported.Argument;
import io.similitude.checkpoint.exported.ExportedGraph;
import io.similitude.checkpoint.exported.GraphInput;
import io.similitude.checkpoint.exported.GraphNode;
import io.similitude.checkpoint.exported.TensorValue;
import io.similitude.program.OperatorAllowList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks whether a graph may be run: only allowed operators, evaluation mode, no randomness, and
 * one input of real numbers.
 */
final class GraphChecks {
  /** Arithmetic of sizes, by its names in the graph. */
  static final Map<String, String> ARITHMETIC =
      Map.ofEntries(
          Map.entry("_operator.add", "(%s + %s)"),
          Map.entry("_operator.sub", "(%s - %s)"),
          Map.entry("_operator.mul", "(%s * %s)"),
          Map.entry("_operator.floordiv", "torch.floordiv(%s, %s)"),
          Map.entry("_operator.truediv", "(%s / %s)"),
          Map.entry("_operator.mod", "(%s %% %s)"),
          Map.entry("_operator.neg", "(-%s)"),
          Map.entry("_operator.eq", "(%s == %s)"),
          Map.entry("_operator.ne", "(%s != %s)"),
          Map.entry("_operator.lt", "(%s < %s)"),
          Map.entry("_operator.le", "(%s <= %s)"),
          Map.entry("_operator.gt", "(%s > %s)"),
          Map.entry("_operator.ge", "(%s >= %s)"),
          Map.entry("torch.sym_max", "max(%s, %s)"),
          Map.entry("torch.sym_min", "min(%s, %s)"),
          Map.entry("torch.sym_float", "float(%s)"),
          Map.entry("math.ceil", "torch.ceil(%s)"),
          Map.entry("math.floor", "torch.floor(%s)"),
          Map.entry("math.trunc", "int(%s)"));

  /** Assertions. They compute nothing. They state the assumptions of the graph's author. */
  static final Set<String> ASSERTIONS =
      Set.of(
          "_assert_async",
          "_assert_scalar",
          "_assert_tensor_metadata",
          "_functional_assert_async",
          "_functional_assert_scalar",
          "sym_constrain_range",
          "sym_constrain_range_for_size");

  private static final String ATEN = "torch.ops.aten.";
  private static final Set<String> MODES = Set.of("train", "training", "use_input_stats");
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x21-\\x7e]");
  private static final int LONGEST = 100;
  private static final String EVALUATION = "export it in evaluation mode: model.eval()";

  private final Refusal refusal;

  GraphChecks(Refusal refusal) {
    this.refusal = refusal;
  }

  /** The tensor from the caller. */
  GraphInput images(ExportedGraph graph) {
    List<GraphInput> given =
        graph.inputs().stream().filter(it -> it.kind() == GraphInput.Kind.GIVEN).toList();
    Optional<GraphInput> object =
        graph.inputs().stream().filter(it -> it.kind() == GraphInput.Kind.OBJECT).findFirst();
    if (object.isPresent()) {
      throw refusal.of(
          "it has an input of kind %s, which is not a tensor (export the network without it)"
              .formatted(object.get().name()));
    }
    if (given.size() != 1) {
      throw refusal.of(
          "it takes %d inputs (must be one, a batch of images: export a module whose forward takes one tensor)"
              .formatted(given.size()));
    }
    Optional<TensorValue> value = graph.value(given.get(0).name());
    if (value.filter(TensorValue::isFloating).isEmpty()) {
      throw refusal.of(
          "its input %s does not hold real numbers, so no attack could change it (export a module that takes images as floats in [0, 1])"
              .formatted(shown(given.get(0).name())));
    }
    if (graph.changes()) {
      throw refusal.of(
          "it changes its own buffers: it is in training mode (%s)".formatted(EVALUATION));
    }
    return given.get(0);
  }

  /** The plain name of a node's operator, after all checks; empty for arithmetic of sizes. */
  Optional<String> operator(GraphNode node) {
    if (ARITHMETIC.containsKey(node.target())) {
      return Optional.empty();
    }
    String name = plainName(node);
    OperatorAllowList list = OperatorAllowList.standard();
    requireEvaluation(node, name);
    if (!list.allows(name)) {
      throw refusal.of(
          node,
          "it calls %s, which is not on the list of operators that Similitude runs"
              .formatted(shown(node.target())),
          "export it without; a pure tensor operator may be added to operators.txt");
    }
    if (list.isRandom(name) && !name.contains("dropout")) {
      throw refusal.of(
          node, "it draws random numbers by %s".formatted(shown(node.target())), EVALUATION);
    }
    return Optional.of(name);
  }

  /** {@code torch.ops.aten.conv2d.default}: conv2d. */
  private String plainName(GraphNode node) {
    String target = node.target();
    if (target.startsWith("torch.ops.higher_order.") || hasGraph(node)) {
      throw refusal.of(
          node,
          "it has branches, loops or blocks that are graphs of their own (%s)"
              .formatted(shown(target)),
          "export it without control flow and without torch.no_grad() inside");
    }
    String name = target.startsWith(ATEN) ? target.substring(ATEN.length()) : "";
    int dot = name.indexOf('.');
    name = dot < 0 ? name : name.substring(0, dot);
    if (name.isEmpty()) {
      throw refusal.of(
          node,
          "it calls %s, which is no operator of PyTorch itself".formatted(shown(target)),
          "export it without custom operators");
    }
    return name;
  }

  private static boolean hasGraph(GraphNode node) {
    return node.inputs().stream()
        .anyMatch(
            it -> it.value() instanceof Argument.Other other && other.kind().equals("as_graph"));
  }

  private void requireEvaluation(GraphNode node, String name) {
    boolean trains =
        MODES.stream()
            .filter(mode -> hasStatistics(node) || !name.contains("_norm"))
            .anyMatch(
                mode ->
                    node.input(mode).filter(it -> it.equals(new Argument.Truth(true))).isPresent());
    boolean drops = node.input("dropout_p").filter(GraphChecks::isPositive).isPresent();
    boolean idle =
        name.contains("dropout") && node.input("p").filter(p -> !isPositive(p)).isPresent();
    if (drops || (trains && !idle)) {
      throw refusal.of(node, "%s is in training mode".formatted(shown(node.target())), EVALUATION);
    }
  }

  /**
   * Whether a node computes an example's values from other examples too, as a batch norm without
   * running statistics does. An instance norm without statistics uses those of each image.
   */
  static boolean dependsOnBatch(GraphNode node, String name) {
    return name.contains("batch_norm")
        && !hasStatistics(node)
        && node.input("training").filter(it -> it.equals(new Argument.Truth(true))).isPresent();
  }

  private static boolean hasStatistics(GraphNode node) {
    return node.input("running_mean").filter(it -> it instanceof Argument.OfTensor).isPresent();
  }

  private static boolean isPositive(Argument argument) {
    return (argument instanceof Argument.Real real && real.value() > 0)
        || (argument instanceof Argument.Whole whole && whole.value() > 0);
  }

  static String shown(String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return UNPRINTABLE.matcher(shown).replaceAll("?");
  }
}
