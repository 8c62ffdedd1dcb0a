package io.similitude.dataset.npy;

/**
 * Counts through an array whose first index runs fastest (Fortran's order, NumPy's {@code
 * order="F"}) and gives the position of each value in an array whose last index runs fastest.
 */
public final class ColumnMajor {
  private final int[] shape;
  private final int[] strides;
  private final int[] index;
  private int place;

  public ColumnMajor(int... shape) {
    this.shape = shape;
    this.strides = new int[shape.length];
    this.index = new int[shape.length];
    int stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
  }

  /**
   * The values in row-major order.
   *
   * @param valueBytes the size of one value
   */
  public static byte[] toRowMajor(byte[] values, int valueBytes, int... shape) {
    byte[] ordered = new byte[values.length];
    ColumnMajor order = new ColumnMajor(shape);
    for (int from = 0; from < values.length; from += valueBytes) {
      System.arraycopy(values, from, ordered, order.next() * valueBytes, valueBytes);
    }
    return ordered;
  }

  /** The place of the next value in row-major order. */
  public int next() {
    int next = place;
    for (int axis = 0; axis < shape.length; axis++) {
      index[axis]++;
      place += strides[axis];
      if (index[axis] < shape[axis]) {
        return next;
      }
      place -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
    return next;
  }
}
