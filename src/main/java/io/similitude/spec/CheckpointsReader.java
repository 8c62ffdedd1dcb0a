package io.similitude.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code checkpoints:}. */
final class CheckpointsReader {
  private final Locations locations;
  private final Collection<String> networks;
  private final UniqueIds ids = new UniqueIds("checkpoint id");

  /** With the names of the spec's networks; none: whatever a checkpoint names is not judged. */
  CheckpointsReader(Locations locations, Collection<String> networks) {
    this.locations = locations;
    this.networks = networks;
  }

  List<CheckpointSpec> read(Value checkpoints) {
    List<CheckpointSpec> read = new ArrayList<>();
    for (Value item : checkpoints.someItems()) {
      item.section("every checkpoint").flatMap(this::read).ifPresent(read::add);
    }
    return read;
  }

  /** The ids of the checkpoints that were read, whatever else is wrong with them. */
  Collection<String> ids() {
    return ids.seen();
  }

  private Optional<CheckpointSpec> read(Section checkpoint) {
    Optional<String> id = ids.read(checkpoint.required("id"));
    Optional<String> network = network(checkpoint.required("network"));
    Optional<String> weights = checkpoint.required("weights").location(locations);
    Map<String, String> tags = tags(checkpoint.optional("tags"));
    return checkpoint.build(
        () ->
            new CheckpointSpec(
                id.orElseThrow(), network.orElseThrow(), weights.orElseThrow(), tags));
  }

  private Optional<String> network(Value name) {
    return networks.isEmpty() ? name.text() : name.oneOf(networks);
  }

  private static Map<String, String> tags(Value tags) {
    Map<String, String> read = new LinkedHashMap<>();
    tags.section("every tag")
        .map(Section::named)
        .orElse(Map.of())
        .forEach((key, value) -> value.text().ifPresent(text -> read.put(key, text)));
    return read;
  }
}
