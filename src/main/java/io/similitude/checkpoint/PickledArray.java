package io.similitude.checkpoint;

import java.util.Arrays;
import java.util.List;

/**
 * An array of NumPy, made empty and then given its state; looked into only when it is asked for.
 *
 * <p>Source: NumPy, {@code ndarray.__reduce__}: version, shape, type, whether columns come first,
 * values; and {@code numpy.core.numeric._frombuffer} of protocol 5.
 */
final class PickledArray implements PickleContainer {
  private static final int STATE_ITEMS = 5;

  private Object state = Inert.VALUE;

  /** {@code _frombuffer(values, type, shape, order)}. */
  static PickledArray ofBuffer(PickleTuple arguments) throws MalformedException {
    PickledArray array = new PickledArray();
    boolean columnsFirst = arguments.get(3, String.class).equals("F");
    array.state =
        new PickleTuple(
            List.of(
                1L,
                arguments.get(2, PickleTuple.class),
                arguments.get(1, PickledType.class),
                columnsFirst,
                arguments.get(0, Object.class)));
    return array;
  }

  @Override
  public void build(Object newState, int position) {
    state = newState;
  }

  /** The bytes of an array of rows x columns, row by row. */
  byte[] bytes(int columns) throws MalformedException {
    if (!(state instanceof PickleTuple items) || items.size() != STATE_ITEMS) {
      throw new MalformedException("its pickle is broken: an array has no state");
    }
    String type = items.get(2, PickledType.class).code();
    if (!type.equals("u1") && !type.equals("|u1")) {
      throw new MalformedException(
          "its array has values of type " + MalformedException.quote(type) + " (must be u1)");
    }
    PickleBytes values = PickleBytes.of(items.get(4, Object.class));
    int rows = rows(items.get(1, PickleTuple.class).toLongs(), columns, values.length());
    return items.get(3, Boolean.class) ? rowsFirst(values, rows, columns) : copy(values);
  }

  private static int rows(long[] shape, int columns, int held) throws MalformedException {
    boolean fits = shape.length == 2 && shape[1] == columns && shape[0] >= 1;
    if (!fits || shape[0] > held / columns || shape[0] * columns != held) {
      throw new MalformedException(
          "its array is said to be %s and holds %d bytes (must be N x %d)"
              .formatted(Arrays.toString(shape), held, columns));
    }
    return (int) shape[0];
  }

  private static byte[] copy(PickleBytes values) {
    byte[] copy = new byte[values.length()];
    values.copyTo(copy);
    return copy;
  }

  private static byte[] rowsFirst(PickleBytes values, int rows, int columns) {
    byte[] turned = new byte[values.length()];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[row * columns + column] = values.get(column * rows + row);
      }
    }
    return turned;
  }

  @Override
  public void put(Object key, Object value) throws MalformedException {
    throw new MalformedException("its pickle is broken: it sets a key of an array");
  }

  @Override
  public void add(Object value) throws MalformedException {
    throw new MalformedException("its pickle is broken: it appends to an array");
  }
}
