package io.similitude.checkpoint.match;

import io.similitude.checkpoint.tensor.StoredTensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tensors of a file that have the names of a network's weights after one common path prefix. */
final class WeightSet {
  private final String prefix;
  private final Map<String, String> paths = new LinkedHashMap<>();
  private boolean ambiguous;

  WeightSet(String prefix) {
    this.prefix = prefix;
  }

  /** The prefix of the names: {@code state_dict.module.}; may be empty. */
  String prefix() {
    return prefix;
  }

  /** The paths by the network's names. */
  Map<String, String> paths() {
    return paths;
  }

  /** Records that the tensor at a path has a name of the network. */
  void add(String name, String path) {
    ambiguous |= paths.putIfAbsent(name, path) != null;
  }

  /**
   * Whether everything that the network needs exists once, has the right shape, and can be read.
   */
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

  /** The number of these names that it has. */
  long count(Set<String> names) {
    return paths.keySet().stream().filter(names::contains).count();
  }

  /** The paths of the tensors that the network needs. */
  List<String> pathsOf(Collection<ExpectedTensor> required) {
    return required.stream().map(wanted -> paths.get(wanted.name())).toList();
  }
}
