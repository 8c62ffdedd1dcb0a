package io.similitude.spec.reader;

import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code networks:}. */
final class NetworksReader {
  private final Locations locations;
  private final Map<String, Set<String>> architectures;

  /** A reader with the parameter names of each known architecture. */
  NetworksReader(Locations locations, Map<String, Set<String>> architectures) {
    this.locations = locations;
    this.architectures = architectures;
  }

  Map<String, NetworkSpec> read(Map<String, SpecValue> networks) {
    Map<String, NetworkSpec> read = new LinkedHashMap<>();
    networks.forEach((name, value) -> read(name, value).ifPresent(n -> read.put(name, n)));
    return read;
  }

  private Optional<NetworkSpec> read(String name, SpecValue network) {
    return network
        .named("network " + name)
        .section("every network")
        .flatMap(section -> read(name, section));
  }

  private Optional<NetworkSpec> read(String name, Section network) {
    SpecValue torchscript = network.optional("torchscript");
    SpecValue exported = network.optional("exported");
    if (torchscript.isPresent() && exported.isPresent()) {
      exported.refuse("must be left out where torchscript names the file");
    }
    if (exported.isPresent()) {
      return exported(name, network, exported);
    }
    return torchscript.isPresent() ? exported(name, network, torchscript) : builtIn(name, network);
  }

  private Optional<NetworkSpec> exported(String name, Section network, SpecValue written) {
    Optional<String> output = network.optional("output").text();
    Optional<String> file = written.location(locations);
    Normalization normalization = NormalizationReader.read(network.optional("normalize"));
    return network.build(
        () -> new NetworkSpec.Exported(name, file.orElseThrow(), normalization, output.orElse("")));
  }

  private Optional<NetworkSpec> builtIn(String name, Section network) {
    Optional<String> architecture = network.required("architecture").oneOf(architectures.keySet());
    if (architecture.isEmpty()) {
      network.allowOthers();
    }
    Map<String, Object> parameters =
        network.typed(architecture.map(architectures::get).orElse(Set.of()));
    Normalization normalization = NormalizationReader.read(network.optional("normalize"));
    return network.build(
        () -> new NetworkSpec.BuiltIn(name, architecture.orElseThrow(), parameters, normalization));
  }
}
