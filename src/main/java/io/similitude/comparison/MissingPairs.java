package io.similitude.comparison;

import io.similitude.plan.SiteBlock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is missing of a part: all of it, nothing, or some rectangles of blocks. Rows of blocks are
 * sets of bits, so that a part of n blocks takes n rows of n bits, however many are done.
 */
final class MissingPairs {
  /** Sets of columns of a group: more than this is no strip of a few checkpoints. */
  private static final int MOST_RECTANGLES = 32;

  private final PartTask whole;
  private final CoveredPairs covered;
  private final List<SiteBlock> rows;
  private final int[] places;
  private final Map<Integer, SiteBlock> columns = new HashMap<>();

  MissingPairs(PartTask whole, CoveredPairs covered) {
    this.whole = whole;
    this.covered = covered;
    this.rows = whole.rows().blocks();
    this.places = rows.stream().mapToInt(covered::place).toArray();
    whole.columns().blocks().forEach(block -> columns.put(covered.place(block), block));
  }

  List<PartTask> parts() {
    return whole.isSymmetric() ? ofGroup() : rectangles(new BitSet());
  }

  /** The blocks that are new to the group among themselves, and each of the others with them. */
  private List<PartTask> ofGroup() {
    BitSet added = new BitSet();
    IntStream.of(places).filter(place -> !covered.contains(place, place)).forEach(added::set);
    List<PartTask> parts = new ArrayList<>();
    if (!added.isEmpty() && isMissing(added)) {
      parts.add(part(blocks(added), blocks(added)));
      parts.addAll(rectangles(added));
      return parts;
    }
    blocks(added).forEach(block -> parts.add(part(List.of(block), List.of(block))));
    parts.addAll(rectangles(new BitSet()));
    return parts;
  }

  private boolean isMissing(BitSet group) {
    return group.stream().noneMatch(place -> covered.of(place).intersects(group));
  }

  /**
   * Rows that miss the same columns, together; pairs of a group's blocks in their order.
   *
   * @param done blocks whose pairs among themselves do not count
   */
  private List<PartTask> rectangles(BitSet done) {
    BitSet wanted = new BitSet();
    columns.keySet().forEach(wanted::set);
    Map<BitSet, List<SiteBlock>> rowsByColumns = new LinkedHashMap<>();
    for (int i = 0; i < places.length; i++) {
      BitSet missing = (BitSet) wanted.clone();
      if (whole.isSymmetric()) {
        missing.clear(0, places[i] + 1);
      }
      if (done.get(places[i])) {
        missing.andNot(done);
      }
      missing.andNot(covered.of(places[i]));
      if (!missing.isEmpty()) {
        rowsByColumns.computeIfAbsent(missing, key -> new ArrayList<>()).add(rows.get(i));
      }
    }
    if (whole.isSymmetric() && rowsByColumns.size() > MOST_RECTANGLES) {
      return halves(done);
    }
    return rowsByColumns.entrySet().stream()
        .map(entry -> part(entry.getValue(), blocks(entry.getKey())))
        .toList();
  }

  /**
   * A triangle of n rows that miss n different sets of columns: the first half of its blocks with
   * the second, then each half by itself. All rectangles together have n log n rows and columns,
   * where a rectangle a row would have n squared.
   */
  private List<PartTask> halves(BitSet done) {
    int middle = rows.size() / 2;
    SiteGroup first = new SiteGroup(rows.subList(0, middle));
    SiteGroup second = new SiteGroup(rows.subList(middle, rows.size()));
    String settings = whole.coverage().settings();
    List<PartTask> parts =
        new ArrayList<>(
            new MissingPairs(PartTask.of(settings, first, second), covered).rectangles(done));
    for (SiteGroup half : List.of(first, second)) {
      parts.addAll(new MissingPairs(PartTask.of(settings, half, half), covered).rectangles(done));
    }
    return parts;
  }

  /** In the plan's order. */
  private List<SiteBlock> blocks(BitSet at) {
    return at.stream().mapToObj(columns::get).toList();
  }

  private PartTask part(List<SiteBlock> of, List<SiteBlock> with) {
    return PartTask.of(whole.coverage().settings(), new SiteGroup(of), new SiteGroup(with));
  }
}
