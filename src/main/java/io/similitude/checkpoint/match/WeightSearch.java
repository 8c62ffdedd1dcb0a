package io.similitude.checkpoint.match;

import io.similitude.checkpoint.tensor.StoredTensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the weights of a network among the tensors of a file, by names and shapes alone. A set of
 * weights is complete if all names that the network needs have the same path prefix. The prefix can
 * be anything: keys of dictionaries, names of wrappers, indices in a list.
 */
final class WeightSearch {
  /**
   * The number of additional steps that a file's names may have inside, compared with the network's
   * names.
   */
  private static final int MORE_STEPS = 4;

  private final Map<String, StoredTensor> tensors;
  private final List<ExpectedTensor> expected;
  private final List<ExpectedTensor> required;
  private final List<WeightSet> found = new ArrayList<>();

  WeightSearch(Map<String, StoredTensor> tensors, List<ExpectedTensor> expected) {
    this.tensors = tensors;
    this.expected = expected;
    this.required = expected.stream().filter(wanted -> !WeightMatch.isOptional(wanted)).toList();
    for (NameRule rule : NameRule.values()) {
      search(rule);
    }
  }

  /** The complete sets, each once, even if it is found in several ways. */
  List<WeightSet> complete() {
    Map<List<String>, WeightSet> distinct = new LinkedHashMap<>();
    for (WeightSet set : found) {
      if (set.isComplete(tensors, required)) {
        distinct.merge(
            set.pathsOf(required),
            set,
            (first, second) -> second.paths().size() > first.paths().size() ? second : first);
      }
    }
    return List.copyOf(distinct.values());
  }

  /** The set with the most names of the network, if a set has any. */
  Optional<WeightSet> nearest() {
    Set<String> names = required.stream().map(ExpectedTensor::name).collect(Collectors.toSet());
    Comparator<WeightSet> order =
        Comparator.<WeightSet>comparingLong(set -> set.count(names))
            .thenComparing(set -> -set.prefix().length());
    return found.stream().filter(set -> set.count(names) > 0).max(order);
  }

  /** All sets that have at least one of the network's names. */
  List<WeightSet> found() {
    return List.copyOf(found);
  }

  Collection<ExpectedTensor> required() {
    return required;
  }

  private void search(NameRule rule) {
    Map<String, String> names = new HashMap<>();
    for (ExpectedTensor wanted : expected) {
      if (names.put(rule.apply(wanted.name()), wanted.name()) != null) {
        return;
      }
    }
    int steps =
        1 + MORE_STEPS + names.values().stream().mapToInt(WeightSearch::dots).max().orElse(0);
    Map<String, WeightSet> sets = new LinkedHashMap<>();
    for (String path : tensors.keySet()) {
      int start = path.length();
      for (int i = 0; i < steps && start > 0; i++) {
        start = path.lastIndexOf('.', start - 2) + 1;
        String name = names.get(rule.apply(path.substring(start)));
        if (name != null) {
          sets.computeIfAbsent(path.substring(0, start), WeightSet::new).add(name, path);
        }
      }
    }
    found.addAll(sets.values());
  }

  private static int dots(String name) {
    return (int) name.chars().filter(c -> c == '.').count();
  }
}
