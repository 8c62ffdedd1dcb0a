package io.similitude.checkpoint;

import java.util.List;

/**
 * A Python tuple. Equal to itself only: comparing or hashing the contents of a hostile pickle could
 * take for ever.
 */
final class PickleTuple {
  static final PickleTuple EMPTY = new PickleTuple(List.of());

  private final List<Object> items;

  PickleTuple(List<Object> items) {
    this.items = items;
  }

  int size() {
    return items.size();
  }

  <T> T get(int index, Class<T> type) throws MalformedException {
    if (index >= items.size() || !type.isInstance(items.get(index))) {
      throw new MalformedException(
          "its pickle is broken: a tuple has no " + type.getSimpleName() + " at " + index);
    }
    return type.cast(items.get(index));
  }

  /** The items as the sizes or strides of a tensor. */
  long[] toLongs() throws MalformedException {
    long[] longs = new long[items.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = get(i, Long.class);
    }
    return longs;
  }
}
