package io.similitude.program;

/** An activation function, element by element, by the module that computes it. */
enum Activation {
  RELU("ReLU", "torch.relu"),
  /** x sigmoid(x) (Ramachandran et al. 2017, arXiv 1710.05941), as RobustBench has it. */
  SWISH("Swish", "torch.silu"),
  /** The same, as PyTorch has it. */
  SILU("SiLU", "torch.silu");

  private final String type;
  private final String function;

  Activation(String type, String function) {
    this.type = type;
    this.function = function;
  }

  String type() {
    return type;
  }

  String expression() {
    return function + "({0})";
  }

  String inPlace() {
    return function + "_({0})";
  }
}
