package io.similitude.checkpoint;

import java.util.Arrays;

/**
 * A tensor that a network wants from a checkpoint: its name, its shape, and whether it may be
 * absent.
 */
public final class ExpectedTensor {
  private final String name;
  private final long[] shape;
  private final boolean optional;

  public ExpectedTensor(String name, long[] shape, boolean optional) {
    this.name = name;
    this.shape = shape.clone();
    this.optional = optional;
  }

  public static ExpectedTensor required(String name, long... shape) {
    return new ExpectedTensor(name, shape, false);
  }

  public static ExpectedTensor optional(String name, long... shape) {
    return new ExpectedTensor(name, shape, true);
  }

  public String name() {
    return name;
  }

  public long[] shape() {
    return shape.clone();
  }

  public boolean isOptional() {
    return optional;
  }

  boolean fits(Tensor tensor) {
    return Arrays.equals(shape, tensor.shape());
  }

  /** {@code conv1.weight [16, 3, 3, 3]}. */
  @Override
  public String toString() {
    return name + " " + Arrays.toString(shape);
  }
}
