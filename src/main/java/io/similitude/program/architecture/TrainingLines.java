package io.similitude.program.architecture;

import io.similitude.program.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a described network that compute its logits in training, in evaluation, or for an
 * attack. They are those of a forward pass, except that batch norm depends on the mode, and that it
 * is computed together with a convolution that it alone reads.
 */
final class TrainingLines {
  private static final String NORM = "__torch__.similitude_batch_norm(";
  private static final String NORM_BY_MODE = "__torch__.similitude_training_norm(mode, ";
  private static final String CONVOLUTION_AND_NORM =
      "__torch__.similitude_training_conv_norm(mode, ";
  private static final String RELU = "torch.relu_(";

  /**
   * A convolution without a bias: its kernel, stride, padding, and its groups unless there is one.
   */
  private static final Pattern CONVOLUTION =
      Pattern.compile(
          "torch\\.conv2d\\(\\{0\\}, (self\\.\\w+), None, (\\[\\d+, \\d+\\]), (\\[\\d+, \\d+\\])(?:, \\[1, 1\\], (\\d+))?\\)");

  private final List<Operation> operations;
  private final Value logits;

  TrainingLines(List<Operation> operations, Value logits) {
    this.operations = operations;
    this.logits = logits;
  }

  List<String> lines() {
    Lifetimes lifetimes = new Lifetimes(operations, logits);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      if (isFolded(operations.get(i))) {
        continue;
      }
      Optional<String> both = withConvolution(operations.get(i));
      if (both.isPresent()) {
        lines.add(both.get());
        continue;
      }
      boolean overwrites = lifetimes.overwrites(i) && mayOverwrite(operations.get(i));
      lines.add(operations.get(i).line(overwrites).replace(NORM, NORM_BY_MODE));
    }
    lines.add("return " + logits.variable());
    return lines;
  }

  /** Whether an operation is a convolution whose only reader is a batch norm. */
  private boolean isFolded(Operation operation) {
    List<Operation> readers =
        operations.stream().filter(it -> it.operands().contains(operation.value())).toList();
    return CONVOLUTION.matcher(operation.expression()).matches()
        && readers.size() == 1
        && readers.get(0).expression().startsWith(NORM)
        && !operation.value().equals(logits);
  }

  /** The line of a batch norm and of the convolution that it alone reads. */
  private Optional<String> withConvolution(Operation norm) {
    if (!norm.expression().startsWith(NORM)
        || norm.operands().get(0).operation() == Value.INPUT
        || !isFolded(operations.get(norm.operands().get(0).operation()))) {
      return Optional.empty();
    }
    Operation convolution = operations.get(norm.operands().get(0).operation());
    Matcher parts = CONVOLUTION.matcher(convolution.expression());
    if (!parts.matches()) {
      throw new IllegalStateException("Not a convolution: " + convolution.expression());
    }
    String groups = parts.group(4) == null ? "1" : parts.group(4);
    String shape = String.join(", ", parts.group(1), parts.group(2), parts.group(3), groups);
    String ofNorm = norm.expression().substring(NORM.length() + "{0}, ".length());
    return Optional.of(
        "%s = %s%s, %s, %s"
            .formatted(
                norm.value().variable(),
                CONVOLUTION_AND_NORM,
                convolution.operands().get(0).variable(),
                shape,
                ofNorm));
  }

  /** Whether a batch norm sees one value of a channel in each image. */
  boolean normalizesSingleValues() {
    return operations.stream()
        .filter(it -> it.expression().contains(NORM))
        .anyMatch(it -> it.value().area() == 1);
  }

  /**
   * Whether an operation may overwrite its operand. The backward pass of a ReLU needs only its
   * result. So it may overwrite a value that no other operation reads, unless the operation that
   * computed this value needs it for its own backward pass.
   */
  private boolean mayOverwrite(Operation operation) {
    if (!operation.inPlace().startsWith(RELU)) {
      return false;
    }
    Value operand = operation.operands().get(0);
    long readers = operations.stream().filter(it -> it.operands().contains(operand)).count();
    return readers == 1
        && operand.operation() != Value.INPUT
        && !keepsResult(operations.get(operand.operation()));
  }

  private static boolean keepsResult(Operation operation) {
    return (operation.canOverwrite() && !operation.expression().startsWith("torch.add("))
        || operation.alias();
  }
}
