package io.similitude.program.exported;

import io.similitude.program.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The meaning of a graph's names in the program: values of operations, or weights. */
final class Names {
  private final Refusal refusal;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, String> weights = new HashMap<>();

  Names(Refusal refusal) {
    this.refusal = refusal;
  }

  void value(String name, Value value) {
    requireNew(name);
    values.put(name, value);
  }

  /** A parameter, buffer or constant, by the expression that reads it. */
  void weight(String name, String expression) {
    requireNew(name);
    weights.put(name, expression);
  }

  /** The expression that reads the value of a name. */
  String expression(String name) {
    return value(name)
        .map(Value::variable)
        .or(() -> Optional.ofNullable(weights.get(name)))
        .orElseThrow(
            () ->
                refusal.of(
                    "its graph uses %s before it is made (is the file damaged?)"
                        .formatted(shown(name))));
  }

  Optional<Value> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  boolean isWeight(String name) {
    return weights.containsKey(name);
  }

  private void requireNew(String name) {
    if (values.containsKey(name) || weights.containsKey(name)) {
      throw refusal.of(
          "its graph has two values of the name %s (is the file damaged?)".formatted(shown(name)));
    }
  }

  private static String shown(String name) {
    return name.replaceAll("[^\\x21-\\x7e]", "?");
  }
}
