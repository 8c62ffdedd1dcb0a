package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import io.similitude.spec.key.Scalars;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How examples are perturbed. Views with equal attacks that are crafted on one checkpoint show the
 * same inputs.
 *
 * @param name a known attack
 * @param parameters what the attack is given, by name: each an {@link Integer}, {@link Double},
 *     {@link Boolean} or {@link String}. The names are the attack's own; whether the values make
 *     sense, it says itself
 */
public record AttackSpec(String name, Map<String, Object> parameters) implements Serializable {
  public AttackSpec {
    requireNonNull(name, "name");
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    parameters.forEach(Scalars::require);
  }
}
