package io.similitude.checkpoint.pickle;

import io.similitude.checkpoint.tensor.MalformedException;
import java.util.ArrayList;
import java.util.List;

/** The stack of the pickle machine, with its marks; nothing below the last mark can be popped. */
final class PickleStack {
  private final List<PickleValue> values = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();

  void push(PickleValue value) {
    values.add(value);
  }

  void mark() {
    marks.add(values.size());
  }

  PickleValue pop() throws MalformedException {
    requireValue();
    return values.remove(values.size() - 1);
  }

  <T extends PickleValue> T pop(Class<T> type) throws MalformedException {
    return cast(pop(), type);
  }

  PickleValue peek() throws MalformedException {
    requireValue();
    return values.get(values.size() - 1);
  }

  <T extends PickleValue> T peek(Class<T> type) throws MalformedException {
    return cast(peek(), type);
  }

  /** Pops the last values, the oldest first. */
  List<PickleValue> pop(int count) throws MalformedException {
    if (values.size() - count < floor()) {
      throw empty();
    }
    List<PickleValue> above = values.subList(values.size() - count, values.size());
    List<PickleValue> popped = List.copyOf(above);
    above.clear();
    return popped;
  }

  /** Pops everything above the last mark, the oldest first, and the mark. */
  List<PickleValue> popToMark() throws MalformedException {
    if (marks.isEmpty()) {
      throw new MalformedException("its pickle is broken: a mark is missing");
    }
    List<PickleValue> above = values.subList(marks.remove(marks.size() - 1), values.size());
    List<PickleValue> popped = List.copyOf(above);
    above.clear();
    return popped;
  }

  /** Drops the last value, or the last mark if no value is above it. */
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
      throw empty();
    }
  }

  private static MalformedException empty() {
    return new MalformedException("its pickle is broken: its stack runs empty");
  }

  private static <T extends PickleValue> T cast(PickleValue value, Class<T> type)
      throws MalformedException {
    if (!type.isInstance(value)) {
      throw new MalformedException(
          "its pickle is broken: no " + type.getSimpleName() + " stands where one must be");
    }
    return type.cast(value);
  }
}
