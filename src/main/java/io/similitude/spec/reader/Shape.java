package io.similitude.spec.reader;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The requests of the readers for one value while they read one spec: kinds of value, keys and
 * items. The readers are the only description of a spec. {@link ShapeSearch} gets the description
 * from them.
 */
final class Shape {
  private final Set<Ask> asks = new LinkedHashSet<>();
  private final Map<String, Shape> keys = new LinkedHashMap<>();
  private final Set<String> required = new LinkedHashSet<>();
  private Optional<Shape> item = Optional.empty();
  private Optional<Shape> others = Optional.empty();
  private boolean needsItems;
  private boolean isOpen;

  void ask(Ask ask) {
    asks.add(ask);
  }

  Shape key(String key) {
    return keys.computeIfAbsent(key, name -> new Shape());
  }

  void require(String key) {
    required.add(key);
  }

  /** The value under a key that users choose. */
  Shape others() {
    others = others.or(() -> Optional.of(new Shape()));
    return others.get();
  }

  Shape item() {
    item = item.or(() -> Optional.of(new Shape()));
    return item.get();
  }

  void needsItems() {
    needsItems = true;
  }

  /** Marks that the allowed keys are not known, because another value is wrong. */
  void open() {
    isOpen = true;
  }

  Set<Ask> asks() {
    return Collections.unmodifiableSet(asks);
  }

  Map<String, Shape> keys() {
    return Collections.unmodifiableMap(keys);
  }

  Set<String> required() {
    return Collections.unmodifiableSet(required);
  }

  Optional<Shape> itemIfAsked() {
    return item;
  }

  Optional<Shape> othersIfAsked() {
    return others;
  }

  boolean areItemsNeeded() {
    return needsItems;
  }

  boolean isOpenToOthers() {
    return isOpen;
  }
}
