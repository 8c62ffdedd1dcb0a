package io.similitude.analysis;

import io.similitude.similarity.measure.MeasureColumns;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the distinct pairs of checkpoint and view for each measure. A pair takes one bit of
 * memory.
 */
final class PairCount {
  private final Map<CheckpointView, Integer> numbers = new HashMap<>();
  private final Map<Side, BitSet> others = new HashMap<>();

  /** Counts a pair. A repeated pair counts once. */
  void add(MeasureColumns measure, CheckpointView rows, CheckpointView columns) {
    int number = numbers.computeIfAbsent(columns, any -> numbers.size());
    others.computeIfAbsent(new Side(measure, rows), any -> new BitSet()).set(number);
  }

  int count() {
    return others.values().stream().mapToInt(BitSet::cardinality).sum();
  }

  private record Side(MeasureColumns measure, CheckpointView rows) {}
}
