package io.similitude.comparison;

import io.similitude.plan.SiteBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is missing of a part: all of it, nothing, or some rectangles of blocks. */
final class MissingPairs {
  private final PartTask whole;
  private final CoveredPairs covered;
  private final List<SiteBlock> rows;
  private final List<SiteBlock> columns;

  MissingPairs(PartTask whole, CoveredPairs covered) {
    this.whole = whole;
    this.covered = covered;
    this.rows = whole.rows().blocks();
    this.columns = whole.columns().blocks();
  }

  List<PartTask> parts() {
    return whole.isSymmetric() ? ofGroup() : rectangles(List.of());
  }

  /** The blocks that are new to the group among themselves, and each of the others with them. */
  private List<PartTask> ofGroup() {
    List<SiteBlock> added = rows.stream().filter(block -> !covered.contains(block, block)).toList();
    List<PartTask> parts = new ArrayList<>();
    if (!added.isEmpty() && isMissing(added)) {
      parts.add(part(added, added));
      parts.addAll(rectangles(added));
      return parts;
    }
    added.forEach(block -> parts.add(part(List.of(block), List.of(block))));
    parts.addAll(rectangles(List.of()));
    return parts;
  }

  private boolean isMissing(List<SiteBlock> group) {
    for (int i = 0; i < group.size(); i++) {
      for (int j = i; j < group.size(); j++) {
        if (covered.contains(group.get(i), group.get(j))) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Rows that miss the same columns, together; pairs of a group's blocks in their order.
   *
   * @param done blocks whose pairs among themselves do not count
   */
  private List<PartTask> rectangles(List<SiteBlock> done) {
    Map<List<SiteBlock>, List<SiteBlock>> rowsByColumns = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      List<SiteBlock> missing = new ArrayList<>();
      for (int j = whole.isSymmetric() ? i + 1 : 0; j < columns.size(); j++) {
        boolean isDone = done.contains(rows.get(i)) && done.contains(columns.get(j));
        if (!isDone && !covered.contains(rows.get(i), columns.get(j))) {
          missing.add(columns.get(j));
        }
      }
      if (!missing.isEmpty()) {
        rowsByColumns.computeIfAbsent(missing, key -> new ArrayList<>()).add(rows.get(i));
      }
    }
    return rowsByColumns.entrySet().stream()
        .map(entry -> part(entry.getValue(), entry.getKey()))
        .toList();
  }

  private PartTask part(List<SiteBlock> of, List<SiteBlock> with) {
    return PartTask.of(whole.coverage().settings(), new SiteGroup(of), new SiteGroup(with));
  }
}
