package io.similitude.program.architecture;

import io.similitude.program.Value;
import java.util.List;

/**
 * One line of a program: a value computed from others.
 *
 * @param expression TorchScript with {@code {0}}, {@code {1}} for the operands
 * @param inPlace the form that overwrites operand 0; empty if there is none
 * @param training its form in a training program
 * @param alias whether the value shares its memory with operand 0
 * @param operands values made earlier
 * @param flops floating-point operations for one example
 */
public record Operation(
    String expression,
    String inPlace,
    TrainingForm training,
    boolean alias,
    List<Value> operands,
    Value value,
    long flops) {
  public Operation {
    operands = List.copyOf(operands);
  }

  boolean canOverwrite() {
    return !inPlace.isEmpty();
  }

  boolean canBeNormed() {
    return !training.normed().isEmpty();
  }

  /** The source line. */
  String line(boolean overwriting) {
    return line(overwriting ? inPlace : expression, value);
  }

  /** The source line in a training program. */
  String trainingLine(boolean overwriting) {
    return training.expression().isEmpty() ? line(overwriting) : line(training.expression(), value);
  }

  /**
   * The source line of the operation together with the batch norm of its value.
   *
   * @param norm the operation that is the batch norm
   */
  String normedLine(Operation norm) {
    String arguments = norm.training().norm().orElseThrow().arguments();
    return line(training.normed().replace("{norm}", arguments), norm.value());
  }

  private String line(String form, Value value) {
    String text = form;
    for (int i = 0; i < operands.size(); i++) {
      text = text.replace("{" + i + "}", operands.get(i).variable());
    }
    return value.variable() + " = " + text;
  }
}
