package io.similitude.spec.reader;

import io.similitude.spec.key.Ids;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads ids that must differ from each other. */
final class UniqueIds {
  private final String noun;
  private final Map<String, Place> seen = new LinkedHashMap<>();

  UniqueIds(String noun) {
    this.noun = noun;
  }

  Optional<String> read(SpecValue value) {
    SpecValue named = value.named(noun);
    Optional<String> id = named.id();
    id.map(text -> seen.putIfAbsent(text, named.place()))
        .ifPresent(first -> named.refuse("must differ from the one at " + first));
    return id;
  }

  /** Adds an id that was made from a value. */
  Optional<String> add(SpecValue value, String id) {
    SpecValue named = value.named(noun);
    if (!Ids.isId(id)) {
      named.refuse("makes " + id + ", and must make " + Ids.RULE);
      return Optional.empty();
    }
    Place first = seen.putIfAbsent(id, named.place());
    if (first != null) {
      named.refuse("makes " + id + ", which must differ from the one at " + first);
    }
    return Optional.of(id);
  }

  /** The ids that were read, in their order. */
  Collection<String> seen() {
    return Collections.unmodifiableSet(seen.keySet());
  }
}
