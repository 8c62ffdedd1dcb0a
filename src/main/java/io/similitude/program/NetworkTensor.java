package io.similitude.program;

import io.similitude.checkpoint.match.ExpectedTensor;

/**
 * A parameter or buffer of a network.
 *
 * @param expected its name and shape in a checkpoint
 * @param attribute its name in the program; empty if evaluation does not use it
 * @param parameter whether training changes it by gradients; otherwise it is a buffer
 */
public record NetworkTensor(ExpectedTensor expected, String attribute, boolean parameter) {
  public static NetworkTensor parameter(String name, long... shape) {
    return new NetworkTensor(ExpectedTensor.required(name, shape), attribute(name), true);
  }

  public static NetworkTensor buffer(String name, long... shape) {
    return new NetworkTensor(ExpectedTensor.required(name, shape), attribute(name), false);
  }

  /** A tensor that checkpoints may hold but the program does not. */
  public static NetworkTensor unused(ExpectedTensor expected) {
    return new NetworkTensor(expected, "", false);
  }

  public boolean isUsed() {
    return !attribute.isEmpty();
  }

  /** An identifier that differs for different names. Dots are not allowed in identifiers. */
  private static String attribute(String name) {
    return name.replace("_", "__").replace('.', '_');
  }
}
