package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import io.similitude.spec.key.Ids;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint: weights in a network.
 *
 * @param id its name in tables and report
 * @param network the name of its network in the spec; empty: it is a TorchScript file, which has
 *     both the network and the weights
 * @param weights location of its weights
 * @param choice the user's choice of the weights within the file
 * @param options the user's options for a file that has both the network and the weights
 * @param tags free key-values, in the spec's order
 * @param trained the training that makes it, if the sweep does; its weights may not exist yet
 */
public record CheckpointSpec(
    String id,
    Optional<String> network,
    String weights,
    WeightChoice choice,
    ExportOptions options,
    Map<String, String> tags,
    Optional<TrainedSpec> trained)
    implements Serializable {
  public CheckpointSpec {
    requireNonNull(trained, "trained");
    requireNonNull(options, "options");
    Ids.require("checkpoint id", id);
    requireNonNull(network, "network");
    requireNonNull(weights, "weights");
    requireNonNull(choice, "choice");
    if (network.isEmpty() && !choice.isNone()) {
      throw new IllegalArgumentException(
          "Invalid key, prefix or ignore of checkpoint "
              + id
              + ": "
              + choice
              + " (TorchScript files have none)");
    }
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** A checkpoint that exists already. */
  public CheckpointSpec(
      String id,
      Optional<String> network,
      String weights,
      WeightChoice choice,
      Map<String, String> tags) {
    this(id, network, weights, choice, ExportOptions.NONE, tags, Optional.empty());
  }

  /** A checkpoint that the sweep trains. */
  public static CheckpointSpec trained(
      String id, String network, String file, TrainedSpec trained, Map<String, String> tags) {
    return new CheckpointSpec(
        id,
        Optional.of(network),
        file,
        WeightChoice.NONE,
        ExportOptions.NONE,
        tags,
        Optional.of(trained));
  }

  /** An exported network with its own weights. */
  public static CheckpointSpec exported(
      String id, String file, ExportOptions options, Map<String, String> tags) {
    return new CheckpointSpec(
        id, Optional.empty(), file, WeightChoice.NONE, options, tags, Optional.empty());
  }

  private Object writeReplace() {
    return new Serialized(
        id,
        network.orElse(null),
        weights,
        choice,
        options,
        new LinkedHashMap<>(tags),
        trained.orElse(null));
  }

  /** The serialized form, with null for absent parts: an Optional is not serializable. */
  private record Serialized(
      String id,
      String network,
      String weights,
      WeightChoice choice,
      ExportOptions options,
      Map<String, String> tags,
      TrainedSpec trained)
      implements Serializable {
    private Object readResolve() {
      return new CheckpointSpec(
          id,
          Optional.ofNullable(network),
          weights,
          choice,
          options,
          tags,
          Optional.ofNullable(trained));
    }
  }
}
