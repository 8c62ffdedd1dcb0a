package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network that checkpoints share. */
public sealed interface NetworkSpec extends Serializable {
  /** What checkpoints call it. */
  String name();

  /**
   * A network of an architecture that Similitude knows.
   *
   * @param name what checkpoints call it
   * @param architecture a built-in architecture
   * @param parameters what the architecture is given, by name: each an {@link Integer}, {@link
   *     Double}, {@link Boolean} or {@link String}. The names are the architecture's own; whether
   *     the values make a network, it says itself
   * @param normalization what the network does to its input first
   */
  record BuiltIn(
      String name, String architecture, Map<String, Object> parameters, Normalization normalization)
      implements NetworkSpec {
    public BuiltIn {
      requireNonNull(name, "name");
      requireNonNull(architecture, "architecture");
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
      parameters.forEach(Scalars::require);
      requireNonNull(normalization, "normalization");
    }

    /** A network that takes pixels as they are. */
    public BuiltIn(String name, String architecture, Map<String, Object> parameters) {
      this(name, architecture, parameters, Normalization.NONE);
    }
  }

  /**
   * A network that somebody exported.
   *
   * @param name what checkpoints call it
   * @param torchscript location of a TorchScript file
   */
  record Exported(String name, String torchscript) implements NetworkSpec {
    public Exported {
      requireNonNull(name, "name");
      requireNonNull(torchscript, "torchscript");
    }
  }
}
