package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights in a network.
 *
 * @param id what tables and report call it
 * @param network the name of its network in the spec
 * @param weights location of its weights
 * @param tags free key-values, in the spec's order
 */
public record CheckpointSpec(String id, String network, String weights, Map<String, String> tags)
    implements Serializable {
  public CheckpointSpec {
    Ids.require("checkpoint id", id);
    requireNonNull(network, "network");
    requireNonNull(weights, "weights");
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }
}
