package io.similitude.spec.reader;

import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads {@code networks:}. */
final class NetworksReader {
  private final Locations locations;
  private final Map<String, Set<String>> architectures;

  /** With the parameter names of each known architecture. */
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
    return torchscript.isPresent() ? exported(name, network, torchscript) : builtIn(name, network);
  }

  private Optional<NetworkSpec> exported(String name, Section network, SpecValue torchscript) {
    Optional<String> file = torchscript.location(locations);
    return network.build(() -> new NetworkSpec.Exported(name, file.orElseThrow()));
  }

  private Optional<NetworkSpec> builtIn(String name, Section network) {
    Optional<String> architecture = network.required("architecture").oneOf(architectures.keySet());
    if (architecture.isEmpty()) {
      network.allowOthers();
    }
    Map<String, Object> parameters =
        network.typed(architecture.map(architectures::get).orElse(Set.of()));
    Optional<Normalization> normalization =
        network.optional("normalize").section("normalize").flatMap(NetworksReader::normalization);
    return network.build(
        () ->
            new NetworkSpec.BuiltIn(
                name,
                architecture.orElseThrow(),
                parameters,
                normalization.orElse(Normalization.NONE)));
  }

  private static Optional<Normalization> normalization(Section normalize) {
    List<SpecValue> means = normalize.required("mean").someItems();
    SpecValue std = normalize.required("std");
    List<SpecValue> stds = std.someItems();
    List<Double> mean = numbers(means, "a number", Normalization::isMean);
    List<Double> deviation = numbers(stds, "a number above 0", Normalization::isStd);
    if (!means.isEmpty() && !stds.isEmpty() && means.size() != stds.size()) {
      std.refuse("must be as many as the mean has, " + means.size());
    }
    return normalize.build(() -> new Normalization(mean, deviation));
  }

  private static List<Double> numbers(
      List<SpecValue> items, String mustBe, Predicate<Double> rule) {
    return items.stream().map(item -> item.number(mustBe, rule)).flatMap(Optional::stream).toList();
  }
}
