package io.similitude.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Python dictionary, ordered by insertion. Equal to itself only, like {@link PickleTuple}. Only
 * texts are ever looked up, so that keys made to collide cost nothing: every other key is an {@link
 * OtherKey}.
 */
final class PickleDict implements PickleContainer {
  /** Comparing two keys must not take long; no name of a tensor is longer. */
  private static final int LONGEST_KEY = 500;

  private final Map<Object, Object> entries = new LinkedHashMap<>();

  Map<Object, Object> entries() {
    return Collections.unmodifiableMap(entries);
  }

  Object get(String key) {
    return entries.get(key);
  }

  @Override
  public void put(Object key, Object value) throws MalformedException {
    entries.put(key instanceof String text ? requireShort(text) : new OtherKey(key), value);
  }

  private static String requireShort(String key) throws MalformedException {
    if (key.length() > LONGEST_KEY) {
      throw new MalformedException(
          "its pickle has a key of " + key.length() + " characters (must be at most 500)");
    }
    return key;
  }

  @Override
  public void add(Object value) throws MalformedException {
    throw new MalformedException("its pickle is broken: it appends to a dictionary");
  }

  boolean holdsTensors() {
    return entries.values().stream().anyMatch(TensorRef.class::isInstance);
  }

  /** The first keys, for a message. */
  List<String> describeKeys(int limit) {
    return entries.keySet().stream()
        .limit(limit)
        .map(key -> key instanceof String text ? MalformedException.quote(text) : "?")
        .toList();
  }

  /** A number, a tuple, ...: equal to itself only, whatever the value. */
  static final class OtherKey {
    private final Object value;

    OtherKey(Object value) {
      this.value = value;
    }

    Object value() {
      return value;
    }
  }
}
