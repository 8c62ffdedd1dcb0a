package io.similitude.checkpoint.match;

import io.similitude.checkpoint.tensor.StoredTensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tensors of a file that have the names of a network's weights after the same beginning of their
 * paths.
 */
final class WeightSet {
  private final String prefix;
  private final Map<String, String> paths = new LinkedHashMap<>();
  private boolean ambiguous;

  WeightSet(String prefix) {
    this.prefix = prefix;
  }

  /** What stands before the names: {@code state_dict.module.}; may be empty. */
  String prefix() {
    return prefix;
  }

  /** The paths by the network's names. */
  Map<String, String> paths() {
    return paths;
  }

  /** Notes that the tensor at a path has a name of the network's. */
  void add(String name, String path) {
    ambiguous |= paths.putIfAbsent(name, path) != null;
  }

  /** Whether all that the network needs is there, once, in the right shape, and can be read. */
  boolean isComplete(Map<String, StoredTensor> tensors, Collection<ExpectedTensor> required) {
    return !ambiguous
        && required.stream()
            .allMatch(
                wanted -> {
                  String path = paths.get(wanted.name());
                  return path != null
                      && wanted.refusal(tensors.get(path)).isEmpty()
                      && wanted.fits(tensors.get(path));
                });
  }

  /** How many of these names it has. */
  long count(Set<String> names) {
    return paths.keySet().stream().filter(names::contains).count();
  }

  /** The paths of what the network needs. */
  List<String> pathsOf(Collection<ExpectedTensor> required) {
    return required.stream().map(wanted -> paths.get(wanted.name())).toList();
  }
}
