package io.similitude.checkpoint.match;

import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.StoredTensor;
import io.similitude.checkpoint.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A tensor that a network expects in a checkpoint: its name, its shape, and whether it may be
 * absent. It can also be a constant of the network. If a checkpoint has the constant too, its
 * values must be the same.
 */
public final class ExpectedTensor {
  /** The relative difference of a float32 that was written as decimal digits in two places. */
  private static final float SAME = 1e-6f;

  /**
   * The relative difference of a value that a checkpoint of 16 bits has rounded. bfloat16 has 8
   * bits of precision.
   */
  private static final float SAME_IN_16_BITS = 1f / 256;

  private static final Set<DType> BYTES = Set.of(DType.INT8, DType.UINT8);

  private static final String BEFORE = "save the weights before they are quantised";

  private final String name;
  private final long[] shape;
  private final boolean optional;
  private final boolean used;
  private final float[] constant;

  public ExpectedTensor(String name, long[] shape, boolean optional) {
    this(name, shape, optional, true);
  }

  private ExpectedTensor(String name, long[] shape, boolean optional, boolean used) {
    this(name, shape, optional, used, new float[0]);
  }

  private ExpectedTensor(
      String name, long[] shape, boolean optional, boolean used, float[] constant) {
    this.name = name;
    this.shape = shape.clone();
    this.optional = optional;
    this.used = used;
    this.constant = constant.clone();
  }

  public static ExpectedTensor required(String name, long... shape) {
    return new ExpectedTensor(name, shape, false);
  }

  /** A tensor that checkpoints may hold and the network does not use. */
  public static ExpectedTensor unused(String name, long... shape) {
    return new ExpectedTensor(name, shape, true, false);
  }

  /** A constant with these values, in any shape. It may be absent. */
  static ExpectedTensor constant(String name, float... values) {
    return new ExpectedTensor(name, new long[] {values.length}, true, true, values);
  }

  public String name() {
    return name;
  }

  public long[] shape() {
    return shape.clone();
  }

  /** The number of elements: the product of the shape. */
  public long elements() {
    return Tensor.elementsOf(shape);
  }

  public boolean isOptional() {
    return optional;
  }

  /** Whether the network has a value of its own where a checkpoint lacks the tensor. */
  boolean hasOwnValue() {
    return optional && used && !isConstant();
  }

  /**
   * Whether the shape of a stored tensor is right. For a constant, only the number of elements must
   * be right.
   */
  boolean fits(StoredTensor tensor) {
    return Arrays.equals(shape, tensor.shape())
        || (isConstant() && elementsOf(tensor.shape()) == constant.length);
  }

  private static long elementsOf(long[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** The reason why a stored tensor cannot be used with any shape. */
  Optional<String> refusal(StoredTensor tensor) {
    boolean bytes = tensor.dtype().filter(BYTES::contains).isPresent();
    return bytes && !optional
        ? Optional.of("has whole numbers of 8 bits, is quantised (" + BEFORE + ")")
        : tensor.refusal();
  }

  /** Whether the values of a constant equal those of the network. */
  boolean agrees(Tensor tensor) {
    return !isConstant() || holds(tensor);
  }

  /** Describes the difference between the expected shape and that of a tensor with this name. */
  String mismatch(StoredTensor tensor) {
    return "parameter %s is %s there, the network wants %s"
        .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(shape));
  }

  /** Describes the difference between the values of a constant and those of the network. */
  String disagreement(Tensor tensor) {
    return "buffer %s is %s there, the network's normalize says %s"
        .formatted(name, Arrays.toString(tensor.toFloats()), Arrays.toString(constant));
  }

  boolean isConstant() {
    return constant.length > 0;
  }

  private boolean holds(Tensor tensor) {
    if (tensor.elements() != constant.length) {
      return false;
    }
    float same = tensor.dtype().size() < Float.BYTES ? SAME_IN_16_BITS : SAME;
    float[] values = tensor.toFloats();
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs(values[i] - constant[i]) <= same * Math.abs(constant[i]))) {
        return false;
      }
    }
    return true;
  }

  /** {@code conv1.weight [16, 3, 3, 3]}. */
  @Override
  public String toString() {
    return name + " " + Arrays.toString(shape);
  }
}
