package io.similitude.program.exported;

import io.similitude.checkpoint.exported.Argument;
import io.similitude.checkpoint.exported.ExportedGraph;
import io.similitude.checkpoint.exported.GraphNode;
import io.similitude.program.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the expression that computes the same as a node of the graph. */
final class NodeExpressions {
  private static final List<String> SIZES =
      List.of("sym_size", "sym_numel", "sym_stride", "sym_storage_offset");
  private static final String SIZE = "torch.size(%s, %s)";

  /** A name with a blank, so it cannot clash with a name of a graph. */
  private static final String EXAMPLES = "examples ";

  private final Names names;
  private final Refusal refusal;
  private final Expressions expressions;
  private final Optional<BatchDimensions> freeing;

  private NodeExpressions(Names names, Refusal refusal, Optional<BatchDimensions> freeing) {
    this.names = names;
    this.refusal = refusal;
    this.expressions = new Expressions(names, refusal);
    this.freeing = freeing;
  }

  /** Expressions with all sizes as in the graph. */
  static NodeExpressions asWritten(Names names, Refusal refusal) {
    return new NodeExpressions(names, refusal, Optional.empty());
  }

  /**
   * Expressions with the sizes of the batch as functions of the number of examples.
   *
   * @param images the name of the input
   * @param batch the number of examples that the graph was exported with
   */
  static NodeExpressions freed(
      Names names, Refusal refusal, ExportedGraph graph, String images, long batch) {
    BatchDimensions freeing = new BatchDimensions(graph, images, batch);
    return new NodeExpressions(names, refusal, Optional.of(freeing));
  }

  /** Records the number of examples. Freed sizes are functions of it. */
  void count(OperationList operations, Value images) {
    if (freeing.isPresent()) {
      String text = SIZE.formatted("x", "0");
      names.value(EXAMPLES, operations.add(text, List.of(images), List.of(0), false, 0));
    }
  }

  /** The expression of an operator's node. Call it once for every node, in the graph's order. */
  String of(String operator, GraphNode node) {
    Map<String, String> rewritten =
        freeing.map(it -> it.freed(operator, node, names.expression(EXAMPLES))).orElse(Map.of());
    String text =
        SIZES.contains(operator)
            ? size(operator, node)
            : expressions.call(operator, node, rewritten);
    freeing.ifPresent(it -> it.add(operator, node));
    return text;
  }

  /** An argument of a node; empty if it is absent or None. */
  Optional<String> argument(GraphNode node, String name) {
    return node.input(name)
        .filter(it -> !(it instanceof Argument.Nothing))
        .map(it -> expressions.argument(node, name, it));
  }

  /** The expression of a node that computes with sizes, as Python does. */
  String ofArithmetic(GraphNode node) {
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
}
