package io.similitude.comparison;

import io.similitude.plan.SiteBlock;
import io.similitude.store.Coverage;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The pairs of the plan's blocks that the kept parts cover. */
final class CoveredPairs {
  private final String settings;
  private final Map<String, Integer> places = new HashMap<>();
  private final BitSet[] pairs;

  CoveredPairs(String settings, List<SiteBlock> blocks) {
    this.settings = settings;
    for (SiteBlock block : blocks) {
      places.put(block.key(), places.size());
    }
    this.pairs =
        IntStream.range(0, blocks.size()).mapToObj(i -> new BitSet()).toArray(BitSet[]::new);
  }

  /**
   * Adds a part if the plan has all of its pairs in the same order, and no other part has one of
   * them.
   *
   * @return whether it was added
   */
  boolean add(Coverage part) {
    boolean isKnown =
        part.settings().equals(settings)
            && places.keySet().containsAll(part.rows())
            && places.keySet().containsAll(part.columns());
    if (!isKnown) {
      return false;
    }
    int[] rows = places(part.rows());
    int[] columns = places(part.columns());
    for (int r = 0; r < rows.length; r++) {
      for (int c = part.isSymmetric() ? r : 0; c < columns.length; c++) {
        if (rows[r] > columns[c] || pairs[rows[r]].get(columns[c])) {
          return false;
        }
      }
    }
    for (int r = 0; r < rows.length; r++) {
      for (int c = part.isSymmetric() ? r : 0; c < columns.length; c++) {
        pairs[rows[r]].set(columns[c]);
      }
    }
    return true;
  }

  /** The index of a block among all blocks of the plan. */
  int place(SiteBlock block) {
    return places.get(block.key());
  }

  /** The indices of the blocks that some part pairs with this one, in the plan's order. */
  BitSet of(int row) {
    return (BitSet) pairs[row].clone();
  }

  /** Whether a part has this pair. The pair is in the plan's order. */
  boolean contains(int row, int column) {
    return pairs[row].get(column);
  }

  private int[] places(List<String> keys) {
    return keys.stream().mapToInt(places::get).toArray();
  }
}
