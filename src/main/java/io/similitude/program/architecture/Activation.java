package io.similitude.program.architecture;

/** An activation function that applies to each element, with the module that computes it. */
enum Activation {
  RELU("ReLU", "torch.relu({0})", "torch.relu_({0})"),
  RELU6("ReLU6", "torch.hardtanh({0}, 0., 6.)", "torch.hardtanh_({0}, 0., 6.)"),
  /** x Phi(x) (Hendrycks and Gimpel 2016, arXiv 1606.08415), in the exact form. */
  GELU("GELU", "torch.gelu({0})", ""),
  /** x sigmoid(x) (Ramachandran et al. 2017, arXiv 1710.05941), with the name in RobustBench. */
  SWISH("Swish", "torch.silu({0})", "torch.silu_({0})"),
  /** The same function with the name in PyTorch. */
  SILU("SiLU", "torch.silu({0})", "torch.silu_({0})");

  private final String type;
  private final String expression;
  private final String inPlace;

  Activation(String type, String expression, String inPlace) {
    this.type = type;
    this.expression = expression;
    this.inPlace = inPlace;
  }

  String type() {
    return type;
  }

  String expression() {
    return expression;
  }

  /** The in-place form, which overwrites its operand; empty if there is none. */
  String inPlace() {
    return inPlace;
  }
}
