package io.similitude.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** A Python list. Equal to itself only, like {@link PickleTuple}. */
final class PickleList implements PickleContainer {
  private final List<Object> items = new ArrayList<>();

  /** The items, each of which must be a text. */
  List<String> texts() throws MalformedException {
    List<String> texts = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof String text)) {
        throw new MalformedException("its pickle is broken: a list has an item that is no text");
      }
      texts.add(text);
    }
    return texts;
  }

  @Override
  public void put(Object key, Object value) throws MalformedException {
    throw new MalformedException("its pickle is broken: it sets a key of a list");
  }

  @Override
  public void add(Object value) {
    items.add(value);
  }
}
