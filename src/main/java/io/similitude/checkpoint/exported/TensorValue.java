package io.similitude.checkpoint.exported;

import java.util.List;

/**
 * The properties of a tensor that a graph states.
 *
 * @param type the type of its elements, by its number in the file
 * @param sizes the sizes of its dimensions
 */
public record TensorValue(int type, List<Size> sizes) {
  private static final int HALF = 6;
  private static final int DOUBLE = 8;
  private static final int BFLOAT16 = 13;

  public TensorValue {
    sizes = List.copyOf(sizes);
  }

  /** Whether its elements are real numbers. */
  public boolean isFloating() {
    return (type >= HALF && type <= DOUBLE) || type == BFLOAT16;
  }

  /** The sizes that it had when the network was exported. */
  public List<Long> shape() {
    return sizes.stream().map(Size::seen).toList();
  }

  /** The number of its elements when the network was exported. */
  public long elements() {
    return shape().stream().reduce(1L, TensorValue::product);
  }

  private static long product(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    return high == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
  }

  /**
   * The size of a dimension.
   *
   * @param seen its value when the network was exported
   * @param expression the expression that it depends on; empty if it is constant
   */
  public record Size(long seen, String expression) {
    public boolean isFree() {
      return !expression.isEmpty();
    }
  }
}
