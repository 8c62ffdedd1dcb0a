package io.similitude.checkpoint;

import java.util.ArrayList;
import java.util.List;

/** A Python list. Equal to itself only, like {@link PickleTuple}. */
final class PickleList implements PickleContainer {
  private final List<Object> items = new ArrayList<>();

  @Override
  public void put(Object key, Object value) throws MalformedException {
    throw new MalformedException("its pickle is broken: it sets a key of a list");
  }

  @Override
  public void add(Object value) {
    items.add(value);
  }
}
