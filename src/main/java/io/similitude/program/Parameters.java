package io.similitude.program;

import io.similitude.spec.InputException;
import io.similitude.spec.NetworkSpec;

/** What a spec says about a network of a built-in architecture, read with its checks. */
final class Parameters {
  private final NetworkSpec.BuiltIn spec;

  Parameters(NetworkSpec.BuiltIn spec) {
    this.spec = spec;
  }

  /** A whole number that must be there. */
  int count(String name) {
    Object value = spec.parameters().get(name);
    if (value instanceof Integer number && number >= 1) {
      return number;
    }
    throw invalid(name, "a whole number of at least 1");
  }

  int count(String name, int absent) {
    return spec.parameters().containsKey(name) ? count(name) : absent;
  }

  InputException invalid(String name, String rule) {
    Object value = spec.parameters().get(name);
    return new InputException(
        "Invalid %s of network %s: %s (must be %s)"
            .formatted(name, spec.name(), value == null ? "nothing" : value, rule));
  }

  InputException invalidInput(Object shape, String rule) {
    return new InputException(
        "Cannot show images of %s to network %s: %s".formatted(shape, spec.name(), rule));
  }
}
