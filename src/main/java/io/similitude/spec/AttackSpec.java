package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import io.similitude.spec.key.Scalars;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The attack that perturbs examples. Views with equal attacks that are crafted on one checkpoint
 * show the same inputs.
 *
 * @param name a known attack
 * @param parameters the parameters of the attack, by name: each an {@link Integer}, {@link Double},
 *     {@link Boolean} or {@link String}. The attack defines the names and checks the values
 */
public record AttackSpec(String name, Map<String, Object> parameters) implements Serializable {
  public AttackSpec {
    requireNonNull(name, "name");
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    parameters.forEach(Scalars::require);
  }
}
