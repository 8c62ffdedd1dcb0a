package io.similitude.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Python dictionary, ordered by insertion. Equal to itself only, like {@link PickleTuple}. */
final class PickleDict implements PickleContainer {
  private final Map<Object, Object> entries = new LinkedHashMap<>();

  Map<Object, Object> entries() {
    return Collections.unmodifiableMap(entries);
  }

  Object get(String key) {
    return entries.get(key);
  }

  @Override
  public void put(Object key, Object value) throws MalformedException {
    if (key instanceof PickleContainer && !(key instanceof Inert)) {
      throw new MalformedException("its pickle is broken: a list or a dictionary is a key");
    }
    entries.put(key, value);
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
