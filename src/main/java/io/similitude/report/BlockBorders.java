package io.similitude.report;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.Heatmap;
import io.similitude.analysis.finding.FindingRow;
import io.similitude.similarity.measure.MeasureColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The borders between segments of a network's layers, for heatmaps of a network with itself. */
final class BlockBorders {
  private final Map<Key, List<String>> layers = new HashMap<>();

  private record Key(MeasureColumns measure, CheckpointView shown) {}

  /** The borders for networks that have two or more segments. */
  BlockBorders(List<FindingRow> rows) {
    Set<Key> several = new HashSet<>();
    for (FindingRow row : rows) {
      if (row.statistic().equals("segments") && row.value() != null && row.value() > 1) {
        several.add(key(row));
      } else if (row.statistic().equals("border-agreement") && several.contains(key(row))) {
        layers.computeIfAbsent(key(row), key -> new ArrayList<>()).add(row.layer());
      }
    }
  }

  private static Key key(FindingRow row) {
    return new Key(row.measure(), new CheckpointView(row.a(), row.view()));
  }

  /** The number of the first layer of each segment except the first segment. */
  List<Integer> of(Heatmap map) {
    if (!map.rows().equals(map.columns())) {
      return List.of();
    }
    return layers.getOrDefault(new Key(map.measure(), map.rows()), List.of()).stream()
        .map(map.rowLayers()::indexOf)
        .filter(place -> place > 0)
        .toList();
  }
}
