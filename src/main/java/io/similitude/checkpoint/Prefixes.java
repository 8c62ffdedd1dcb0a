package io.similitude.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What wrappers put before the names of the module that they hold: DataParallel {@code module.},
 * torch.compile {@code _orig_mod.}, wrappers by hand {@code model.}; and wrappers in wrappers.
 */
final class Prefixes {
  private static final List<String> KNOWN = List.of("module.", "_orig_mod.", "model.");

  private static final int MOST_WRAPPERS = 3;

  private Prefixes() {}

  /**
   * The weights without the prefix whose removal, from the names that have it, makes more of the
   * expected names appear than any other does; the weights themselves when none helps.
   */
  static StateDict fit(StateDict weights, Set<String> expected) {
    return gains(weights.names(), expected).entrySet().stream()
        .filter(gain -> gain.getValue() > 0)
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(gain -> without(gain.getKey(), weights))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(weights);
  }

  /** By prefix, how many more of the expected names there are without it. */
  private static Map<String, Integer> gains(Set<String> names, Set<String> expected) {
    Map<String, Integer> gains = new TreeMap<>();
    for (String name : names) {
      int with = expected.contains(name) ? 1 : 0;
      for (String prefix : prefixesOf(name)) {
        int without = expected.contains(name.substring(prefix.length())) ? 1 : 0;
        gains.merge(prefix, without - with, Integer::sum);
      }
    }
    return gains;
  }

  /** That of the outermost wrapper, of the outer two, of the outer three. */
  private static List<String> prefixesOf(String name) {
    List<String> prefixes = new ArrayList<>();
    int end = 0;
    for (int wrappers = 0; wrappers < MOST_WRAPPERS; wrappers++) {
      int begin = end;
      end += KNOWN.stream().filter(p -> name.startsWith(p, begin)).mapToInt(String::length).sum();
      if (end > begin) {
        prefixes.add(name.substring(0, end));
      }
    }
    return prefixes;
  }

  /** Empty when two names would become one. */
  private static Optional<StateDict> without(String prefix, StateDict weights) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    for (String name : weights.names()) {
      String shorter = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
      renamed.put(shorter, weights.get(name).orElseThrow());
    }
    return renamed.size() == weights.names().size()
        ? Optional.of(new StateDict(renamed))
        : Optional.empty();
  }
}
