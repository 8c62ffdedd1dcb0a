package io.similitude.program.architecture;

import io.similitude.program.Value;
import java.util.List;

/**
 * One line of a program: a value computed from others.
 *
 * @param expression TorchScript with {@code {0}}, {@code {1}} for the operands
 * @param inPlace the form that overwrites operand 0; empty if there is none
 * @param alias whether the value shares its memory with operand 0
 * @param operands values made earlier
 * @param flops floating-point operations for one example
 */
public record Operation(
    String expression,
    String inPlace,
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

  /** The source line. */
  String line(boolean overwriting) {
    String text = overwriting ? inPlace : expression;
    for (int i = 0; i < operands.size(); i++) {
      text = text.replace("{" + i + "}", operands.get(i).variable());
    }
    return value.variable() + " = " + text;
  }
}
