package io.similitude.analysis.finding;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.similitude.analysis.statistics.PermutationTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The training runs of a sweep, grouped by the values of one tag. One network stands for each run.
 *
 * @param tag its name
 * @param isAsked whether the spec names the tag
 * @param values the runs of each value, by the ids of their networks
 * @param blockOf the block of each network that has one
 * @param baseline the value that others are compared with; null if there is none
 */
record TagGroups(
    String tag,
    boolean isAsked,
    Map<String, List<String>> values,
    Map<String, String> blockOf,
    String baseline) {
  /** The least number of runs in a group. With 3 + 3 runs no p-value under 0.1 exists. */
  static final int FEWEST_RUNS = 4;

  /** The largest p-value that is taken for an effect. */
  private static final double LARGEST_P = 0.05;

  /** The largest number of values. A tag with more values is a name, not a group. */
  private static final int MOST_VALUES = 12;

  /** Tags that identify the run or the time in the run, not the method. */
  private static final Set<String> NO_GROUPS =
      Set.of("run", "seed", "init", "role", "epoch", "iteration");

  /**
   * The tags that the spec names. If it names none, all tags with two groups of at least two runs.
   */
  static List<TagGroups> all(SweepView sweep) {
    return candidates(sweep).stream().filter(it -> it.isAsked() || it.hasGroups()).toList();
  }

  /** Tags with a few values that have too few runs for groups. */
  static List<TagGroups> withoutGroups(SweepView sweep) {
    return candidates(sweep).stream()
        .filter(it -> !it.isAsked() && !it.hasGroups())
        .filter(it -> it.values().size() > 1 && it.values().size() <= MOST_VALUES)
        .toList();
  }

  private static List<TagGroups> candidates(SweepView sweep) {
    Set<String> tags = new LinkedHashSet<>(sweep.settings().groups());
    boolean isAsked = !tags.isEmpty();
    if (!isAsked) {
      sweep.representatives().forEach(it -> tags.addAll(it.tags().keySet()));
      tags.removeAll(NO_GROUPS);
      tags.remove(sweep.settings().unit());
      sweep.settings().block().ifPresent(tags::remove);
    }
    return tags.stream().map(tag -> of(sweep, tag, isAsked)).toList();
  }

  private static TagGroups of(SweepView sweep, String tag, boolean isAsked) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, String> blocks = new LinkedHashMap<>();
    for (ComparedNetwork network : sweep.representatives()) {
      network
          .tag(tag)
          .ifPresent(
              value -> values.computeIfAbsent(value, v -> new ArrayList<>()).add(network.id()));
      sweep
          .settings()
          .block()
          .flatMap(network::tag)
          .ifPresent(block -> blocks.put(network.id(), block));
    }
    return new TagGroups(tag, isAsked, values, blocks, sweep.settings().baseline().get(tag));
  }

  private boolean hasGroups() {
    return values.values().stream().filter(it -> it.size() > 1).count() > 1;
  }

  /** The indices of the networks of each value in a list. Values without networks are left out. */
  Map<String, List<Integer>> places(List<String> networks) {
    Map<String, List<Integer>> places = new LinkedHashMap<>();
    values.forEach(
        (value, ids) -> {
          List<Integer> of =
              ids.stream().map(networks::indexOf).filter(place -> place >= 0).sorted().toList();
          if (!of.isEmpty()) {
            places.put(value, of);
          }
        });
    return places;
  }

  /**
   * Whether a value is compared with another: with the baseline, or without a baseline with earlier
   * values.
   */
  boolean isContrasted(String value, String base, boolean isLater) {
    boolean hasBaseline = baseline != null && values.containsKey(baseline);
    return !hasBaseline ? isLater : base.equals(baseline) && !value.equals(base);
  }

  /**
   * Whether the labels of networks can be tested: every label has at least {@link #FEWEST_RUNS}
   * networks, and a p-value of {@value #LARGEST_P} can exist.
   */
  boolean canBeTested(List<String> networks, int[] labels) {
    long fewest =
        Arrays.stream(labels).boxed().collect(groupingBy(it -> it, counting())).values().stream()
            .min(Long::compare)
            .orElse(0L);
    return fewest >= FEWEST_RUNS
        && PermutationTest.leastP(labels, blocks(networks, labels)) <= LARGEST_P;
  }

  /** Whether two networks are in one block, such as networks of one seed. */
  boolean areOfOneBlock(String one, String other) {
    return blockOf.containsKey(one) && blockOf.get(one).equals(blockOf.get(other));
  }

  /**
   * The block of each network, as a number. Labels are permuted inside blocks if every block has
   * more than one label. Otherwise all networks are in one block.
   */
  int[] blocks(List<String> networks, int[] labels) {
    Map<String, Set<Integer>> labelsOf = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      String block = blockOf.getOrDefault(networks.get(i), "");
      labelsOf.computeIfAbsent(block, key -> new HashSet<>()).add(labels[i]);
    }
    boolean isCrossed = labelsOf.values().stream().allMatch(it -> it.size() > 1);
    List<String> names = List.copyOf(labelsOf.keySet());
    return networks.stream()
        .mapToInt(id -> isCrossed ? names.indexOf(blockOf.getOrDefault(id, "")) : 0)
        .toArray();
  }
}
