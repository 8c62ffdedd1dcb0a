package io.similitude.checkpoint.exported;

import java.util.List;

/**
 * What a graph says about a tensor.
 *
 * @param type of its elements, by its number in the file
 * @param sizes of its dimensions
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
   * @param seen what it was when the network was exported
   * @param expression what it depends on; empty where it is always the same
   */
  public record Size(long seen, String expression) {
    public boolean isFree() {
      return !expression.isEmpty();
    }
  }
}
