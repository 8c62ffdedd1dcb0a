package io.similitude.program.exported;

import io.similitude.checkpoint.exported.Argument;
import io.similitude.checkpoint.exported.ExportedGraph;
import io.similitude.checkpoint.exported.GraphInput;
import io.similitude.checkpoint.exported.GraphNode;
import io.similitude.input.InputException;
import io.similitude.program.architecture.BatchNorm;
import io.similitude.program.architecture.TrainingForm;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Turns the nodes of a graph from evaluation mode to training mode. Batch norm and dropout are
 * there with the numbers of their modules. A graph with another operator that depends on the mode
 * can be run, but not trained.
 */
final class TrainingForms {
  private static final String VIEW = "view";

  /** Operators whose result depends on the order of dimensions in memory, or that fail with it. */
  private static final Set<String> LAYOUT_BOUND =
      Set.of(
          "_unsafe_view",
          "as_strided",
          "as_strided_copy",
          "empty_strided",
          "sym_storage_offset",
          "sym_stride",
          "view_as");

  private static final String CONVOLUTION = "torch.ops.aten.conv2d.default";
  private static final Map<String, Boolean> DROPOUT_OF_CHANNELS =
      Map.of(
          "dropout", false, "dropout_", false, "feature_dropout", true, "feature_dropout_", true);

  private final NodeExpressions expressions;
  private final Refusal refusal;
  private final Map<String, GraphInput> inputs;
  private Optional<InputException> reason = Optional.empty();
  private boolean anyLayout = true;

  TrainingForms(String file, ExportedGraph graph, NodeExpressions expressions) {
    this.refusal = Refusal.ofTraining(file);
    this.expressions = expressions;
    this.inputs =
        graph.inputs().stream()
            .collect(Collectors.toMap(GraphInput::name, Function.identity(), (a, b) -> a));
  }

  /** The first reason why the graph cannot be trained. */
  Optional<InputException> reason() {
    return reason;
  }

  /** Whether the graph runs with any order of dimensions in memory. */
  boolean isForAnyLayout() {
    return anyLayout;
  }

  /**
   * The form of a node in training.
   *
   * @param text its form in evaluation
   * @param place a number that no other node has
   */
  TrainingForm of(String operator, GraphNode node, String text, int place) {
    anyLayout &= !LAYOUT_BOUND.contains(operator);
    if (operator.equals(VIEW) && node.input("size").isPresent()) {
      // The same where a view can be had; it copies where the channels are last in memory.
      return TrainingForm.by(
          text.replace("torch.view(", "torch.reshape(").replace(", size=", ", shape="));
    }
    if (operator.equals("batch_norm")) {
      return batchNorm(node);
    }
    if (DROPOUT_OF_CHANNELS.containsKey(operator)) {
      return dropout(operator, node, place);
    }
    if (node.target().equals(CONVOLUTION)) {
      return convolution(node);
    }
    if (operator.contains("batch_norm")) {
      refuse(
          node,
          "its batch norm is decomposed to %s".formatted(GraphChecks.shown(node.target())),
          "export it without run_decompositions()");
    } else if (operator.contains("instance_norm") && has(node, "running_mean")) {
      refuse(
          node,
          "it calls %s with running statistics".formatted(GraphChecks.shown(node.target())),
          "use a batch norm, or an instance norm without them");
    } else if (drops(node)) {
      refuse(
          node,
          "it calls %s, whose form in training draws random numbers that could not be repeated"
              .formatted(GraphChecks.shown(node.target())),
          "use nn.Dropout or nn.Dropout2d, or a share of 0");
    }
    return TrainingForm.SAME;
  }

  private TrainingForm batchNorm(GraphNode node) {
    Optional<String> mean = expressions.argument(node, "running_mean");
    Optional<String> variance = expressions.argument(node, "running_var");
    if (mean.isEmpty() || variance.isEmpty()) {
      return TrainingForm.SAME;
    }
    if (!isSaved(node, "running_mean") || !isSaved(node, "running_var")) {
      refuse(
          node,
          "a batch norm has running statistics that are not in its state_dict()",
          "register them as persistent buffers");
    }
    if (share(node, "momentum") <= 0) {
      refuse(
          node,
          "a batch norm has momentum=None or 0, so its running statistics would not move",
          "give it a momentum, such as 0.1");
    }
    BatchNorm norm =
        new BatchNorm(
            expressions
                .argument(node, "weight")
                .orElse("torch.ones_like(%s)".formatted(mean.get())),
            expressions.argument(node, "bias").orElse("torch.zeros_like(%s)".formatted(mean.get())),
            mean.get(),
            variance.get(),
            expressions.argument(node, "momentum").orElse("0.1"),
            expressions.argument(node, "eps").orElse("1e-05"));
    return TrainingForm.norm(operand(node), norm);
  }

  private TrainingForm dropout(String operator, GraphNode node, int place) {
    double share = share(node, "p");
    if (share <= 0) {
      return TrainingForm.SAME;
    }
    return TrainingForm.by(
        "__torch__.similitude_dropout%s(mode, %s, %s, %s, noise, %d, )"
            .formatted(
                operator.endsWith("_") ? "_" : "",
                operand(node),
                expressions.argument(node, "p").orElseThrow(),
                DROPOUT_OF_CHANNELS.get(operator) ? "True" : "False",
                place));
  }

  private TrainingForm convolution(GraphNode node) {
    Optional<String> dilation = expressions.argument(node, "dilation");
    if (expressions.argument(node, "bias").isPresent()
        || dilation.filter(it -> !it.equals("[1, 1]")).isPresent()) {
      return TrainingForm.SAME;
    }
    return TrainingForm.normed(
        operand(node),
        expressions.argument(node, "weight").orElseThrow(),
        expressions.argument(node, "stride").orElse("[1, 1]"),
        expressions.argument(node, "padding").orElse("[0, 0]"),
        expressions.argument(node, "groups").orElse("1"));
  }

  private String operand(GraphNode node) {
    return expressions.argument(node, node.inputs().get(0).name()).orElseThrow();
  }

  /** Whether an argument is a buffer that checkpoints have. */
  private boolean isSaved(GraphNode node, String name) {
    return node.input(name)
        .filter(Argument.OfTensor.class::isInstance)
        .map(it -> inputs.get(((Argument.OfTensor) it).name()))
        .filter(it -> it.kind() == GraphInput.Kind.BUFFER)
        .isPresent();
  }

  private boolean has(GraphNode node, String name) {
    return expressions.argument(node, name).isPresent();
  }

  /** Whether it would drop values in training. */
  private boolean drops(GraphNode node) {
    boolean depends = node.input("train").isPresent() || node.input("training").isPresent();
    return depends && (share(node, "p") > 0 || share(node, "dropout") > 0);
  }

  private static double share(GraphNode node, String name) {
    Argument share = node.input(name).orElse(new Argument.Whole(0));
    return share instanceof Argument.Real real
        ? real.value()
        : share instanceof Argument.Whole whole ? whole.value() : 0;
  }

  private void refuse(GraphNode node, String why, String wayOut) {
    reason = reason.or(() -> Optional.of(refusal.of(node, why, wayOut)));
  }
}
