package io.similitude.program.architecture;

import io.similitude.program.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a described network that compute its logits in training, in evaluation, or for an
 * attack. They are those of a forward pass, except that batch norm depends on the mode, and that it
 * is computed together with a convolution that it alone reads.
 */
final class TrainingLines {
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
      Operation operation = operations.get(i);
      Optional<Operation> convolution = foldedBy(operation);
      if (convolution.isPresent()) {
        lines.add(convolution.get().normedLine(operation));
      } else if (!isFolded(operation)) {
        boolean overwrites = lifetimes.overwrites(i) && mayOverwrite(operation);
        lines.add(operation.trainingLine(overwrites));
      }
    }
    lines.add("return " + logits.variable());
    return lines;
  }

  /** The convolution that a batch norm is computed together with. */
  private Optional<Operation> foldedBy(Operation norm) {
    return isNorm(norm)
        ? norm.operands().stream().findFirst().flatMap(this::maker).filter(this::isFolded)
        : Optional.empty();
  }

  /**
   * Whether an operation is a convolution whose value only a batch norm reads. The norm comes next,
   * so that nothing can overwrite the convolution's operand in between.
   */
  private boolean isFolded(Operation operation) {
    List<Operation> readers = readers(operation.value());
    return operation.canBeNormed()
        && !operation.value().equals(logits)
        && readers.size() == 1
        && readers.get(0).value().operation() == operation.value().operation() + 1
        && isNorm(readers.get(0));
  }

  private static boolean isNorm(Operation operation) {
    return operation.training().norm().isPresent();
  }

  private List<Operation> readers(Value value) {
    return operations.stream().filter(it -> it.operands().contains(value)).toList();
  }

  /** The operation that computes a value; empty for the images. */
  private Optional<Operation> maker(Value value) {
    return value.operation() == Value.INPUT
        ? Optional.empty()
        : Optional.of(operations.get(value.operation()));
  }

  /** Whether a batch norm sees one value of a channel in each image. */
  boolean normalizesSingleValues() {
    return operations.stream().filter(TrainingLines::isNorm).anyMatch(it -> it.value().area() == 1);
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
    return readers(operand).size() == 1
        && maker(operand).filter(it -> !keepsResult(it)).isPresent();
  }

  private static boolean keepsResult(Operation operation) {
    return (operation.canOverwrite() && !operation.expression().startsWith("torch.add("))
        || operation.alias();
  }
}
