package io.similitude.spec.reader;

import io.similitude.input.Suggestions;
import io.similitude.spec.reader.Tree.Field;
import io.similitude.spec.reader.Tree.Fields;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A cursor on a mapping of a spec. The allowed keys are those that a reader asks for. {@link
 * #build} reports all other keys. So a reader never lists its keys twice.
 */
final class Section {
  private final String owner;
  private final Fields mapping;
  private final Problems problems;
  private final int problemsBefore;
  private final Set<String> asked = new LinkedHashSet<>();
  private final Shape shape;
  private boolean othersAllowed;

  Section(String owner, Fields mapping, Problems problems, Shape shape) {
    this.shape = shape;
    this.owner = owner;
    this.mapping = mapping;
    this.problems = problems;
    this.problemsBefore = problems.count();
  }

  /** An optional key. */
  SpecValue optional(String key) {
    asked.add(key);
    return new SpecValue(
        key,
        Optional.ofNullable(mapping.fields().get(key)).map(Field::value),
        problems,
        shape.key(key));
  }

  /** An optional key; if present it must have a value. */
  SpecValue filled(String key) {
    Field field = mapping.fields().get(key);
    if (field == null) {
      return optional(key);
    }
    asked.add(key);
    return filled(key, field, shape.key(key));
  }

  /** A required key. */
  SpecValue required(String key) {
    shape.require(key);
    SpecValue value = optional(key);
    if (!value.isPresent()) {
      Field written = mapping.fields().get(key);
      problems.add(
          written == null ? mapping.place() : written.key(),
          "Missing " + (written == null ? "key: " : "value: ") + key + " (" + owner + " needs it)");
    }
    return value;
  }

  /** All keys of a mapping whose keys the user chooses. Each must have a value. */
  Map<String, SpecValue> named() {
    shape.others();
    Map<String, SpecValue> values = new LinkedHashMap<>();
    mapping.fields().forEach((key, field) -> values.put(key, filled(key, field, shape.others())));
    asked.addAll(values.keySet());
    return values;
  }

  /** The values of those keys that are present: Integers, Doubles, Booleans, Strings. */
  Map<String, Object> typed(Collection<String> keys) {
    Map<String, Object> values = new LinkedHashMap<>();
    keys.forEach(key -> optional(key).typed().ifPresent(value -> values.put(key, value)));
    return values;
  }

  /** Whether a key has a value. This does not count as asking for the key. */
  boolean has(String key) {
    Field field = mapping.fields().get(key);
    return field != null && !field.value().isNothing();
  }

  boolean hasOneKey() {
    return mapping.fields().size() == 1;
  }

  /** Accepts any other key, because the allowed keys depend on a value that is wrong. */
  void allowOthers() {
    shape.open();
    othersAllowed = true;
  }

  /** The result for the mapping; empty if something in it is a problem. Call this method last. */
  <T> Optional<T> build(Supplier<T> meaning) {
    if (!othersAllowed) {
      mapping.fields().forEach(this::checkKey);
    }
    return problems.count() == problemsBefore ? Optional.of(meaning.get()) : Optional.empty();
  }

  private SpecValue filled(String key, Field field, Shape of) {
    SpecValue value = new SpecValue(key, Optional.of(field.value()), problems, of);
    if (!value.isPresent()) {
      problems.add(field.key(), "Missing value: " + Tree.oneLine(key) + " (or leave it out)");
    }
    return value;
  }

  private void checkKey(String key, Field field) {
    if (!asked.contains(key)) {
      String hint = Suggestions.nearestOrAll(key, asked);
      problems.add(field.key(), "Unknown key: " + Tree.oneLine(key) + " (" + hint + ")");
    }
  }
}
