package io.similitude.analysis.finding;

import io.similitude.spec.TrainedSpec;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A checkpoint as findings see it.
 *
 * @param id its id
 * @param run its training run
 * @param tags free keys with values
 */
public record ComparedNetwork(String id, String run, Map<String, String> tags)
    implements Serializable {
  /** The roles of networks before the first step. */
  public static final Set<String> BEGINNINGS = Set.of(TrainedSpec.UNTRAINED, TrainedSpec.START);

  public ComparedNetwork {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  public Optional<String> tag(String name) {
    return Optional.ofNullable(tags.get(name));
  }

  /** Whether it was never trained. */
  public boolean isUntrained() {
    return tag("role").filter(TrainedSpec.UNTRAINED::equals).isPresent();
  }

  /** Whether its training had not begun. A training can begin with the weights of a file. */
  boolean isBeginning() {
    return tag("role").filter(BEGINNINGS::contains).isPresent();
  }
}
