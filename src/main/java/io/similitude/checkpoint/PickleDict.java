package io.similitude.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Python dictionary, ordered by insertion. Equal to itself only, like {@link PickleTuple}. */
final class PickleDict implements PickleContainer {
  private static final int LONGEST_KEY = 4096;

  private final Map<Object, Object> entries = new LinkedHashMap<>();

  Map<Object, Object> entries() {
    return Collections.unmodifiableMap(entries);
  }

  Object get(String key) {
    return entries.get(key);
  }

  @Override
  public void put(Object key, Object value) throws MalformedException {
    requireKey(key);
    entries.put(key, value);
  }

  /** Comparing two keys takes a bounded time: short texts, numbers, and what equals only itself. */
  private static void requireKey(Object key) throws MalformedException {
    boolean fine =
        key instanceof String text
            ? text.length() <= LONGEST_KEY
            : key instanceof Number
                || key instanceof Boolean
                || key instanceof PickleTuple
                || key == Inert.VALUE;
    if (!fine) {
      throw new MalformedException(
          "its pickle has a key that is no text of at most 4096 characters, number or tuple");
    }
  }

  @Override
  public void add(Object value) throws MalformedException {
    throw new MalformedException("its pickle is broken: it appends to a dictionary");
  }

  /** The first keys, for a message. */
  List<String> describeKeys(int limit) {
    List<String> keys = new ArrayList<>();
    entries.keySet().stream()
        .limit(limit)
        .forEach(
            key -> keys.add(key instanceof String text ? MalformedException.quote(text) : "?"));
    return keys;
  }
}
