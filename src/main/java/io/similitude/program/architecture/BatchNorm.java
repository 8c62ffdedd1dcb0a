package io.similitude.program.architecture;

/**
 * A batch norm with running statistics, as training sees it. Each part is TorchScript.
 *
 * @param weight the factor of each channel
 * @param bias the summand of each channel
 * @param mean the running mean, which training changes
 * @param variance the running variance, which training changes
 * @param momentum the share of a batch in the running statistics
 * @param epsilon is added to the variance
 */
public record BatchNorm(
    String weight, String bias, String mean, String variance, String momentum, String epsilon) {
  /**
   * The arguments after the values in functions of {@code training.py}, and the end of the call.
   */
  String arguments() {
    return String.join(", ", weight, bias, mean, variance, momentum, epsilon, ")");
  }
}
