package io.similitude.program;

import java.util.List;

/**
 * The result of an operation for a batch, in the description of a program.
 *
 * @param operation the number of its operation; -1 for the network's input
 * @param shape for one example, without the batch dimension
 * @param axis the dimension that holds the features
 */
public record Value(int operation, List<Integer> shape, FeatureAxis axis) {
  public static final int INPUT = -1;

  public Value {
    shape = List.copyOf(shape);
  }

  public int channels() {
    return shape.get(0);
  }

  public int height() {
    return shape.get(1);
  }

  public int width() {
    return shape.get(2);
  }

  /** Its size along the dimension of the features. */
  public int features() {
    return Math.toIntExact(axis.features(shape));
  }

  public long elements() {
    return elements(shape);
  }

  /** The elements of a value of this shape. */
  public static long elements(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** The elements of one channel. */
  public long area() {
    return elements() / channels();
  }

  /** The variable's name in the program's source. */
  public String variable() {
    return operation == INPUT ? "x" : "v" + operation;
  }
}
