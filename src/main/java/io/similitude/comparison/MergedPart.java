package io.similitude.comparison;

import io.similitude.store.Coverage;
import io.similitude.store.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part of the similarities that is put together from smaller ones.
 *
 * @param part the whole
 * @param coverage what it covers
 * @param from the parts that are there; empty if they are not all of it
 */
public record MergedPart(Part part, Coverage coverage, List<Part> from) {
  public MergedPart {
    from = List.copyOf(from);
  }

  /**
   * The parts inside of a task's, if they cover all of it.
   *
   * @param committed parts that have no pair in common
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

  /** Whether there is anything to put together. */
  boolean isMerged() {
    return from.size() > 1;
  }

  /** Of blocks. */
  private static long pairs(Coverage coverage) {
    long rows = coverage.rows().size();
    return coverage.isSymmetric() ? rows * (rows + 1) / 2 : rows * coverage.columns().size();
  }
}
