package io.similitude.spec.reader;

import io.similitude.spec.reader.Tree.Fields;
import io.similitude.spec.reader.Tree.Items;
import io.similitude.spec.reader.Tree.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The requests of the readers for one value, over many specs. */
final class SpecShape {
  private final Set<Ask> asks = new LinkedHashSet<>();
  private final Map<String, SpecShape> keys = new LinkedHashMap<>();
  private final List<Visit> visits = new ArrayList<>();
  private Optional<SpecShape> item = Optional.empty();
  private Optional<SpecShape> others = Optional.empty();
  private boolean needsItems;

  /**
   * A mapping of one spec.
   *
   * @param words the words in it, by key
   * @param keys the keys that readers asked for
   * @param required the keys that must be present
   */
  private record Visit(Map<String, String> words, Set<String> keys, Set<String> required) {}

  /** Whether a value is one of the words that a reader knows. */
  static boolean isWord(Shape shape, Tree written) {
    return written instanceof Scalar scalar
        && shape.asks().stream().anyMatch(ask -> ask.words().contains(scalar.text()));
  }

  void add(Shape shape, Optional<Tree> written) {
    asks.addAll(shape.asks());
    needsItems |= shape.areItemsNeeded();
    Optional<Fields> mapping = written.filter(Fields.class::isInstance).map(Fields.class::cast);
    shape.keys().forEach((key, value) -> key(key).add(value, value(mapping, key)));
    shape
        .othersIfAsked()
        .ifPresent(
            value ->
                others()
                    .add(
                        value,
                        mapping
                            .flatMap(it -> it.fields().values().stream().findFirst())
                            .map(Tree.Field::value)));
    Optional<Tree> first =
        written
            .filter(Items.class::isInstance)
            .flatMap(list -> ((Items) list).items().stream().findFirst());
    shape.itemIfAsked().ifPresent(value -> item().add(value, first));
    if (mapping.isPresent() && !shape.isOpenToOthers()) {
      visits.add(new Visit(words(shape, mapping.get()), shape.keys().keySet(), shape.required()));
    }
  }

  Set<Ask> asks() {
    return asks;
  }

  Map<String, SpecShape> keys() {
    return keys;
  }

  Optional<SpecShape> itemIfAsked() {
    return item;
  }

  Optional<SpecShape> othersIfAsked() {
    return others;
  }

  boolean areItemsNeeded() {
    return needsItems;
  }

  /** The keys that a mapping must always have. */
  Set<String> required() {
    return required(visit -> true);
  }

  /** The keys that a mapping must have if a key has this word. */
  Set<String> required(String key, String word) {
    return required(visit -> word.equals(visit.words.get(key)));
  }

  /** The keys that a mapping may have if a key has this word. */
  Set<String> keys(String key, String word) {
    Set<String> allowed = new LinkedHashSet<>();
    visits.stream()
        .filter(visit -> word.equals(visit.words.get(key)))
        .forEach(visit -> allowed.addAll(visit.keys));
    return allowed;
  }

  private Set<String> required(Predicate<Visit> condition) {
    List<Visit> chosen = visits.stream().filter(condition).toList();
    Set<String> common = new LinkedHashSet<>();
    chosen.stream().findFirst().ifPresent(visit -> common.addAll(visit.required));
    chosen.forEach(visit -> common.retainAll(visit.required));
    return common;
  }

  private SpecShape key(String key) {
    return keys.computeIfAbsent(key, name -> new SpecShape());
  }

  private SpecShape item() {
    item = item.or(() -> Optional.of(new SpecShape()));
    return item.get();
  }

  private SpecShape others() {
    others = others.or(() -> Optional.of(new SpecShape()));
    return others.get();
  }

  private static Map<String, String> words(Shape shape, Fields mapping) {
    Map<String, String> words = new LinkedHashMap<>();
    shape
        .keys()
        .forEach(
            (key, value) ->
                value(Optional.of(mapping), key)
                    .filter(written -> isWord(value, written))
                    .ifPresent(word -> words.put(key, ((Scalar) word).text())));
    return words;
  }

  private static Optional<Tree> value(Optional<Fields> mapping, String key) {
    return mapping.map(it -> it.fields().get(key)).map(Tree.Field::value);
  }
}
