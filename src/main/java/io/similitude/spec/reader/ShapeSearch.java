package io.similitude.spec.reader;

import static java.util.stream.Collectors.joining;

import io.similitude.spec.reader.Tree.Field;
import io.similitude.spec.reader.Tree.Fields;
import io.similitude.spec.reader.Tree.Items;
import io.similitude.spec.reader.Tree.Scalar;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Finds all that the readers can ask for. It starts with an empty spec. Each next spec has one more
 * value at a place that a reader asked for, with every kind of value. The search ends when no
 * reader asks for anything new. Words next to a value matter: a network of another architecture has
 * other keys.
 */
final class ShapeSearch {
  private static final Place PLACE = Place.startOf("a spec that the search made");

  /** A key and a value for places where the user chooses them. */
  private static final String ANY = "x";

  /** The most words that one key can depend on. No reader asks for a key because of three words. */
  private static final int MOST_WORDS = 2;

  private final Set<String> tried = new HashSet<>();
  private final Queue<Fields> open = new ArrayDeque<>(List.of(fields(Map.of())));
  private final SpecShape found = new SpecShape();

  private ShapeSearch() {}

  /** The requests of the readers, over all specs that the search makes. */
  static SpecShape of(Function<Tree, Shape> readers) {
    ShapeSearch search = new ShapeSearch();
    while (!search.open.isEmpty()) {
      Fields spec = search.open.remove();
      Shape shape = readers.apply(spec);
      search.found.add(shape, Optional.of(spec));
      search.inside(shape, spec, new Spot("", value -> value));
    }
    return search.found;
  }

  /** A value of a spec: the keys that lead to it, and the spec with another value there. */
  private record Spot(String path, UnaryOperator<Tree> whole) {
    Spot at(String step, UnaryOperator<Tree> part) {
      return new Spot(path + step, value -> whole.apply(part.apply(value)));
    }
  }

  private void inside(Shape shape, Tree written, Spot spot) {
    if (written instanceof Fields mapping) {
      shape
          .keys()
          .forEach(
              (key, value) ->
                  vary(
                      value, at(mapping, key), words(shape, mapping, key), of(spot, mapping, key)));
      shape
          .othersIfAsked()
          .ifPresent(value -> vary(value, at(mapping, ANY), "", of(spot, mapping, ANY)));
    } else if (written instanceof Items list) {
      Optional<Tree> first = list.items().stream().findFirst();
      shape
          .itemIfAsked()
          .ifPresent(item -> vary(item, first, "", spot.at("[]", ShapeSearch::items)));
    }
  }

  /** Tries every value at a spot, once for each combination of words that can be next to it. */
  private void vary(Shape shape, Optional<Tree> written, String words, Spot spot) {
    for (Tree value : values(shape)) {
      if (tried.add(spot.path + " with" + words + " is " + value)) {
        open.add((Fields) spot.whole.apply(value));
      }
    }
    written.ifPresent(value -> inside(shape, value, spot));
  }

  private static Spot of(Spot spot, Fields mapping, String key) {
    return spot.at("." + key, value -> with(mapping, key, value));
  }

  private static Optional<Tree> at(Fields mapping, String key) {
    return Optional.ofNullable(mapping.fields().get(key)).map(Field::value);
  }

  /** The first words that are next to a key. */
  private static String words(Shape shape, Fields mapping, String key) {
    return shape.keys().entrySet().stream()
        .filter(it -> !it.getKey().equals(key))
        .flatMap(
            it ->
                at(mapping, it.getKey())
                    .filter(value -> SpecShape.isWord(it.getValue(), value))
                    .map(value -> " " + it.getKey() + ": " + value.shown())
                    .stream())
        .limit(MOST_WORDS)
        .collect(joining());
  }

  private static Set<Tree> values(Shape shape) {
    Set<Tree> values = new LinkedHashSet<>();
    shape.asks().forEach(ask -> ask.samples().forEach(sample -> values.add(scalar(sample))));
    values.add(scalar(ANY));
    values.add(fields(Map.of()));
    values.add(items(scalar(ANY)));
    return values;
  }

  private static Fields with(Fields mapping, String key, Tree value) {
    Map<String, Field> fields = new LinkedHashMap<>(mapping.fields());
    fields.put(key, new Field(PLACE, value));
    return fields(fields);
  }

  private static Fields fields(Map<String, Field> fields) {
    return new Fields(PLACE, fields);
  }

  private static Items items(Tree item) {
    return new Items(PLACE, List.of(item));
  }

  private static Scalar scalar(String text) {
    return new Scalar(PLACE, text, true);
  }
}
