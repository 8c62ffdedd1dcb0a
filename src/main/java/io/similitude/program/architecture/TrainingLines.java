package io.similitude.program.architecture;

import io.similitude.program.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a described network that compute its logits in training, in evaluation, or for an
 * attack. They are those of a forward pass, except that batch norm depends on the mode.
 */
final class TrainingLines {
  private static final String NORM = "__torch__.similitude_batch_norm(";
  private static final String NORM_BY_MODE = "__torch__.similitude_training_norm(mode, ";
  private static final String RELU = "torch.relu_(";

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
      boolean overwrites = lifetimes.overwrites(i) && mayOverwrite(operations.get(i));
      lines.add(operations.get(i).line(overwrites).replace(NORM, NORM_BY_MODE));
    }
    lines.add("return " + logits.variable());
    return lines;
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
