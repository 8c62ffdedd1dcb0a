package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import io.similitude.spec.key.Scalars;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network that checkpoints share. */
public sealed interface NetworkSpec extends Serializable {
  /** The name that checkpoints use for it. */
  String name();

  /** The normalisation that the network applies to its input first. */
  Normalization normalization();

  /** The same network with another normalisation. */
  NetworkSpec withNormalization(Normalization other);

  /**
   * A network of an architecture that Similitude knows.
   *
   * @param name the name that checkpoints use for it
   * @param architecture a built-in architecture
   * @param parameters the parameters of the architecture, by name: each an {@link Integer}, {@link
   *     Double}, {@link Boolean} or {@link String}. The architecture defines the names and checks
   *     the values
   * @param normalization the normalisation that the network applies to its input first
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

    @Override
    public BuiltIn withNormalization(Normalization other) {
      return new BuiltIn(name, architecture, parameters, other);
    }
  }

  /**
   * A network that was exported from PyTorch.
   *
   * @param name the name that checkpoints use for it
   * @param location of its file: TorchScript, or an archive of torch.export
   * @param normalization the normalisation of the input before the network of the file gets it
   * @param output the output that holds the logits, if there are several, by its key or its number
   *     from 0; empty: the first tensor
   */
  record Exported(String name, String location, Normalization normalization, String output)
      implements NetworkSpec {
    public Exported {
      requireNonNull(name, "name");
      requireNonNull(location, "location");
      requireNonNull(normalization, "normalization");
      requireNonNull(output, "output");
    }

    /** A network whose file does all preprocessing of the input. */
    public Exported(String name, String location) {
      this(name, location, Normalization.NONE, "");
    }

    @Override
    public Exported withNormalization(Normalization other) {
      return new Exported(name, location, other, output);
    }
  }
}
