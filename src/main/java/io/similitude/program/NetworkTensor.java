package io.similitude.program;

import io.similitude.checkpoint.match.ExpectedTensor;

/**
 * A parameter or buffer of a network.
 *
 * @param expected its name and shape in a checkpoint
 * @param attribute its name in the program; empty: evaluation makes no use of it
 * @param parameter whether training changes it by gradients; otherwise it is a buffer
 */
public record NetworkTensor(ExpectedTensor expected, String attribute, boolean parameter) {
  public static NetworkTensor parameter(String name, long... shape) {
    return new NetworkTensor(ExpectedTensor.required(name, shape), attribute(name), true);
  }

  public static NetworkTensor buffer(String name, long... shape) {
    return new NetworkTensor(ExpectedTensor.required(name, shape), attribute(name), false);
  }

  /** What checkpoints may hold, and the program does not. */
  public static NetworkTensor unused(ExpectedTensor expected) {
    return new NetworkTensor(expected, "", false);
  }

  public boolean isUsed() {
    return !attribute.isEmpty();
  }

  /** An identifier that differs for different names: dots are no letters of an identifier. */
  private static String attribute(String name) {
    return name.replace("_", "__").replace('.', '_');
  }
}
