package io.similitude.program.architecture;

import io.similitude.program.Value;
import java.util.List;

/**
 * One line of a program: a value computed from others.
 *
 * @param expression TorchScript with {@code {0}}, {@code {1}} for the operands
 * @param inPlace the form that overwrites operand 0; empty if there is none
 * @param normed the form that also computes the batch norm of the value, with {@code {norm}} for
 *     the norm's arguments; empty if there is none
 * @param alias whether the value shares its memory with operand 0
 * @param operands values made earlier
 * @param flops floating-point operations for one example
 */
public record Operation(
    String expression,
    String inPlace,
    String normed,
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
    return !normed.isEmpty();
  }

  /** The source line. */
  String line(boolean overwriting) {
    return line(overwriting ? inPlace : expression, value);
  }

  /**
   * The source line of the operation together with the batch norm of its value.
   *
   * @param arguments the norm's arguments after the value
   * @param normed the value of the norm
   */
  String normedLine(String arguments, Value normed) {
    return line(this.normed.replace("{norm}", arguments), normed);
  }

  private String line(String form, Value value) {
    String text = form;
    for (int i = 0; i < operands.size(); i++) {
      text = text.replace("{" + i + "}", operands.get(i).variable());
    }
    return value.variable() + " = " + text;
  }
}
