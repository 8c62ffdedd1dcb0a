package io.similitude.analysis;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.table.SimilarityRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes {@link Findings} of the rows of a run's tables, in whatever order they come; pure, and
 * bounded in memory by the heatmaps and curves that it keeps.
 *
 * <p>When a sweep has more pairs of checkpoint and view than heatmaps are kept, those are kept
 * whose two sides stand closest in the spec: each with itself first, then neighbours. That is a
 * choice; it keeps the views of a checkpoint and the epochs of a run together.
 */
public final class FindingsBuilder {
  /** How many pairs of checkpoint and view a page can hold and a person look through. */
  public static final int DEFAULT_MAX_HEATMAPS = 100;

  /**
   * About 15 bytes a cell in the page, 30 with z-scores and q-values: what keeps it under 20 MB,
   * however deep the networks are.
   */
  private static final long MAX_CELLS = 600_000;

  private final String sweep;
  private final Map<CheckpointView, Integer> order = new HashMap<>();
  private final int maxHeatmaps;
  private final RobustnessBuilder robustness;
  private final Map<Key, HeatmapBuilder> heatmaps = new LinkedHashMap<>();
  private final PairCount leftOut = new PairCount();
  private final List<Accuracy> accuracies = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();
  private final Map<String, String> provenance = new LinkedHashMap<>();
  private long examples;
  private int batches;

  /**
   * @param order the checkpoints and views of the spec, in its order; of others no heatmap is kept
   * @param maxHeatmaps how many pairs of them to keep for each measure
   */
  public FindingsBuilder(String sweep, List<CheckpointView> order, int maxHeatmaps) {
    this.sweep = sweep;
    this.maxHeatmaps = maxHeatmaps;
    this.robustness = new RobustnessBuilder(order);
    order.forEach(shown -> this.order.putIfAbsent(shown, this.order.size()));
  }

  public FindingsBuilder add(SimilarityRow row) {
    Key key = new Key(row.measure(), CheckpointView.of(row.a()), CheckpointView.of(row.b()));
    examples = Math.max(examples, row.examples());
    batches = Math.max(batches, row.batches());
    if (isKept(key)) {
      heatmaps.computeIfAbsent(key, k -> new HeatmapBuilder(k.measure, k.rows, k.columns)).add(row);
    } else {
      leftOut.add(key.measure, key.rows, key.columns);
    }
    robustness.add(row);
    return this;
  }

  /**
   * Says how a view perturbs the examples; to be called before the rows are added.
   *
   * @param attack a short description, such as {@code pgd-linf, epsilon 16/255, 10 steps}; empty
   *     where the view shows the examples as they are, as do views that are not named at all
   */
  public FindingsBuilder view(String id, String attack) {
    robustness.view(id, attack);
    return this;
  }

  /**
   * One strip a checkpoint and view; of another view than the spec's, or too many, it is left out.
   */
  public FindingsBuilder add(ExampleStrip strip) {
    robustness.add(strip);
    return this;
  }

  public FindingsBuilder add(Accuracy accuracy) {
    accuracies.add(accuracy);
    return this;
  }

  public FindingsBuilder add(Failure failure) {
    failures.add(failure);
    return this;
  }

  public FindingsBuilder tags(String checkpoint, Map<String, String> pairs) {
    if (!pairs.isEmpty()) {
      tags.put(checkpoint, new LinkedHashMap<>(pairs));
    }
    return this;
  }

  public FindingsBuilder provenance(String name, String value) {
    provenance.put(name, value);
    return this;
  }

  public Findings build() {
    Map<Key, Heatmap> kept = closest();
    List<Heatmap> ordered =
        kept.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(inOrder()))
            .map(Map.Entry::getValue)
            .toList();
    int omitted = leftOut.count() + heatmaps.size() - kept.size();
    List<Accuracy> sorted =
        accuracies.stream().sorted(Comparator.comparingInt(a -> place(a.shown()))).toList();
    return new Findings(
        sweep,
        ordered,
        omitted,
        robustness.build(),
        examples,
        batches,
        sorted,
        failures,
        tags,
        provenance);
  }

  /** The closest pairs, as many as have no more cells together than a page takes; at least one. */
  private Map<Key, Heatmap> closest() {
    List<Key> keys = heatmaps.keySet().stream().sorted(closestFirst()).toList();
    Map<Key, Heatmap> kept = new HashMap<>();
    long cells = 0;
    for (Key key : keys) {
      Heatmap heatmap = heatmaps.get(key).build();
      cells += heatmap.cells().size();
      if (cells > MAX_CELLS && !kept.isEmpty()) {
        break;
      }
      kept.put(key, heatmap);
    }
    return kept;
  }

  private Comparator<Key> closestFirst() {
    return Comparator.<Key>comparingLong(key -> rank(place(key.rows), place(key.columns)))
        .thenComparing(inOrder());
  }

  private Comparator<Key> inOrder() {
    return Comparator.comparing((Key key) -> key.measure.title())
        .thenComparingInt(key -> place(key.rows))
        .thenComparingInt(key -> place(key.columns));
  }

  private boolean isKept(Key key) {
    return order.containsKey(key.rows)
        && order.containsKey(key.columns)
        && rank(place(key.rows), place(key.columns)) < maxHeatmaps;
  }

  /** How many pairs stand closer together, or as close and earlier. */
  private long rank(int rows, int columns) {
    long distance = Math.abs(columns - rows);
    return distance * order.size() - distance * (distance - 1) / 2 + Math.min(rows, columns);
  }

  private int place(CheckpointView shown) {
    return order.getOrDefault(shown, order.size());
  }

  private record Key(MeasureColumns measure, CheckpointView rows, CheckpointView columns) {}
}
