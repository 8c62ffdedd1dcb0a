package io.similitude.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** The stack of the pickle machine, with its marks; nothing below the last mark can be popped. */
final class PickleStack {
  private final List<Object> values = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();

  void push(Object value) {
    values.add(value);
  }

  void mark() {
    marks.add(values.size());
  }

  Object pop() throws MalformedException {
    requireValue();
    return values.remove(values.size() - 1);
  }

  <T> T pop(Class<T> type) throws MalformedException {
    return cast(pop(), type);
  }

  Object peek() throws MalformedException {
    requireValue();
    return values.get(values.size() - 1);
  }

  <T> T peek(Class<T> type) throws MalformedException {
    return cast(peek(), type);
  }

  /** The last values, the oldest first. */
  List<Object> pop(int count) throws MalformedException {
    List<Object> popped = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      popped.add(0, pop());
    }
    return popped;
  }

  /** Everything above the last mark, the oldest first; the mark goes too. */
  List<Object> popToMark() throws MalformedException {
    if (marks.isEmpty()) {
      throw new MalformedException("its pickle is broken: a mark is missing");
    }
    List<Object> above = values.subList(marks.remove(marks.size() - 1), values.size());
    List<Object> popped = new ArrayList<>(above);
    above.clear();
    return popped;
  }

  /** Drops the last value, or the last mark when nothing lies on it. */
  void drop() throws MalformedException {
    if (!marks.isEmpty() && floor() == values.size()) {
      marks.remove(marks.size() - 1);
    } else {
      pop();
    }
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
  }

  private void requireValue() throws MalformedException {
    if (values.size() <= floor()) {
      throw new MalformedException("its pickle is broken: its stack runs empty");
    }
  }

  private static <T> T cast(Object value, Class<T> type) throws MalformedException {
    if (!type.isInstance(value)) {
      throw new MalformedException(
          "its pickle is broken: no " + type.getSimpleName() + " stands where one must be");
    }
    return type.cast(value);
  }
}
