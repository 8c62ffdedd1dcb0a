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
 * The pairs of a part that are missing: all, none, or some rectangles of blocks. Rows of blocks are
 * bit sets. So a part of n blocks needs n rows of n bits, no matter how many are done.
 */
final class MissingPairs {
  /**
   * The largest number of different sets of columns in a group. With more than this, the missing
   * pairs are more than the strip of a few checkpoints.
   */
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

  /**
   * The pairs among the blocks that are new to the group, and the pairs of each other block with
   * the new blocks.
   */
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
   * Groups rows that miss the same columns. The pairs of a group's blocks are in their order.
   *
   * @param done blocks whose pairs with each other are skipped
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
   * Divides a triangle of n rows that miss n different sets of columns. It pairs the first half of
   * the blocks with the second half, then divides each half in the same way. All rectangles
   * together have n log n rows and columns. One rectangle for each row would have n squared.
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

  private List<SiteBlock> blocks(BitSet at) {
    return at.stream().mapToObj(columns::get).toList();
  }

  private PartTask part(List<SiteBlock> of, List<SiteBlock> with) {
    return PartTask.of(whole.coverage().settings(), new SiteGroup(of), new SiteGroup(with));
  }
}
