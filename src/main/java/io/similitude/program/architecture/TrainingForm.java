package io.similitude.program.architecture;

import java.util.Optional;

/**
 * How an operation differs in a training program from its form in a forward pass. Operands are
 * written as in {@link Operation#expression}.
 *
 * @param expression the form that depends on the {@code mode}; empty if there is none
 * @param normed the form of a convolution that also computes the batch norm of its value, {@code
 *     {norm}} for the norm's arguments; empty if there is none
 * @param norm the batch norm that the operation is; empty if it is another operation
 */
public record TrainingForm(String expression, String normed, Optional<BatchNorm> norm) {
  /** The same in training. */
  public static final TrainingForm SAME = new TrainingForm("", "", Optional.empty());

  /**
   * A convolution without a bias and without dilation. It is the same in training, unless a batch
   * norm follows. Each part is TorchScript.
   */
  public static TrainingForm normed(
      String operand, String kernel, String stride, String padding, String groups) {
    return new TrainingForm(
        "",
        "__torch__.similitude_training_conv_norm(mode, %s, %s, %s, %s, %s, {norm}"
            .formatted(operand, kernel, stride, padding, groups),
        Optional.empty());
  }

  /** Depends on the mode. */
  public static TrainingForm by(String expression) {
    return new TrainingForm(expression, "", Optional.empty());
  }

  /**
   * A batch norm.
   *
   * @param operand the value that it normalises
   */
  public static TrainingForm norm(String operand, BatchNorm norm) {
    return new TrainingForm(
        "__torch__.similitude_training_norm(mode, %s, %s".formatted(operand, norm.arguments()),
        "",
        Optional.of(norm));
  }
}
