package io.similitude.comparison;

import io.similitude.store.Coverage;
import io.similitude.store.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part of the similarities that is merged from smaller parts.
 *
 * @param part the merged part
 * @param coverage the coverage of the merged part
 * @param from the existing parts; empty if they do not cover the whole part
 */
public record MergedPart(Part part, Coverage coverage, List<Part> from) {
  public MergedPart {
    from = List.copyOf(from);
  }

  /**
   * Finds the parts inside the part of a task, if they cover all of it.
   *
   * @param committed existing parts; no two have a pair in common
   */
  static MergedPart of(PartTask task, Map<Part, Coverage> committed) {
    Set<String> rows = new HashSet<>(task.coverage().rows());
    Set<String> columns = new HashSet<>(task.coverage().columns());
    List<Map.Entry<Part, Coverage>> inside =
        committed.entrySet().stream()
            .filter(it -> rows.containsAll(it.getValue().rows()))
            .filter(it -> columns.containsAll(it.getValue().columns()))
            .toList();
    long pairs = inside.stream().mapToLong(it -> pairs(it.getValue())).sum();
    boolean isAll = pairs == pairs(task.coverage());
    return new MergedPart(
        task.part(),
        task.coverage(),
        isAll ? inside.stream().map(Map.Entry::getKey).toList() : List.of());
  }

  /** Whether there are parts to merge. */
  boolean isMerged() {
    return from.size() > 1;
  }

  /** The number of pairs of blocks. */
  private static long pairs(Coverage coverage) {
    long rows = coverage.rows().size();
    return coverage.isSymmetric() ? rows * (rows + 1) / 2 : rows * coverage.columns().size();
  }
}
