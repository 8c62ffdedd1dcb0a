package io.similitude.spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code networks:}. */
final class NetworksReader {
  private final Map<String, Set<String>> architectures;

  /** With the parameter names of each known architecture. */
  NetworksReader(Map<String, Set<String>> architectures) {
    this.architectures = architectures;
  }

  Map<String, NetworkSpec> read(Map<String, Value> networks) {
    Map<String, NetworkSpec> read = new LinkedHashMap<>();
    networks.forEach((name, value) -> read(name, value).ifPresent(n -> read.put(name, n)));
    return read;
  }

  private Optional<NetworkSpec> read(String name, Value network) {
    return network
        .named("network " + name)
        .section("every network")
        .flatMap(section -> read(name, section));
  }

  private Optional<NetworkSpec> read(String name, Section network) {
    Optional<String> architecture = network.required("architecture").oneOf(architectures.keySet());
    Map<String, Object> parameters = new LinkedHashMap<>();
    architecture.ifPresentOrElse(
        known -> readParameters(network, known, parameters), network::allowOthers);
    return network.build(() -> new NetworkSpec(name, architecture.orElseThrow(), parameters));
  }

  private void readParameters(Section network, String architecture, Map<String, Object> into) {
    for (String parameter : architectures.get(architecture)) {
      network.optional(parameter).typed().ifPresent(value -> into.put(parameter, value));
    }
  }
}
