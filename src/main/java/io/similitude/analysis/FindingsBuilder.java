package io.similitude.analysis;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.spec.ReportSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes {@link Findings} from the rows of a run's tables. The rows can come in any order. It does
 * no input or output. Its memory is bounded by the heatmaps and curves that it keeps.
 *
 * <p>When a sweep has more pairs of checkpoint and view than heatmaps are kept, {@link PairChoice}
 * selects them.
 */
public final class FindingsBuilder {
  /**
   * The number of pairs of checkpoint and view that a page can hold and a person can look through.
   */
  public static final int DEFAULT_MAX_HEATMAPS = 100;

  /**
   * The largest number of cells. A cell takes about 9 bytes in the page, so this keeps the page
   * under 6 MB even for deep networks.
   */
  private static final long MAX_CELLS = 600_000;

  private final String sweep;
  private final Map<CheckpointView, Integer> places = new HashMap<>();
  private final int maxHeatmaps;
  private final RobustnessBuilder robustness;
  private final Map<Key, HeatmapBuilder> heatmaps = new LinkedHashMap<>();
  private final PairCount leftOut = new PairCount();
  private final List<Accuracy> accuracies = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();
  private final Map<String, String> provenance = new LinkedHashMap<>();
  private final List<ViewSeries> series = new ArrayList<>();
  private final List<TrainingCurves> trainings = new ArrayList<>();
  private ReportSpec wanted = ReportSpec.DEFAULT;
  private boolean isWithinCheckpoints;
  private PairChoice choice;
  private long examples;
  private int batches;

  /**
   * @param order the checkpoints and views of the spec, in its order; other ones get no heatmap
   * @param maxHeatmaps how many pairs of them to keep for each measure
   */
  public FindingsBuilder(String sweep, List<CheckpointView> order, int maxHeatmaps) {
    this.sweep = sweep;
    this.maxHeatmaps = maxHeatmaps;
    this.robustness = new RobustnessBuilder(order);
    order.forEach(shown -> places.putIfAbsent(shown, places.size()));
  }

  /**
   * Sets what the report shows. Call it before rows are added.
   *
   * @param isWithinCheckpoints whether no checkpoint is compared with another
   */
  public FindingsBuilder wanted(ReportSpec report, boolean isWithinCheckpoints) {
    this.wanted = report;
    this.isWithinCheckpoints = isWithinCheckpoints;
    return this;
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
    if (isShown(row.a().checkpoint())) {
      robustness.add(row);
    }
    return this;
  }

  /**
   * Sets how a view perturbs the examples. Call it before rows are added.
   *
   * @param attack a short description, such as {@code pgd-linf, epsilon 16/255, 10 steps}; empty if
   *     the view has no attack; views that are never named have none
   */
  public FindingsBuilder view(String id, String attack) {
    robustness.view(id, attack);
    return this;
  }

  /**
   * Adds the strip of a checkpoint and view. It is left out if its view is not in the spec, or if
   * there are too many strips.
   */
  public FindingsBuilder add(ExampleStrip strip) {
    if (isShown(strip.shown().checkpoint())) {
      robustness.add(strip);
    }
    return this;
  }

  public FindingsBuilder add(Accuracy accuracy) {
    if (isShown(accuracy.shown().checkpoint())) {
      accuracies.add(accuracy);
    }
    return this;
  }

  public FindingsBuilder add(ViewSeries views) {
    series.add(views);
    return this;
  }

  public FindingsBuilder add(TrainingCurves training) {
    trainings.add(training);
    return this;
  }

  public FindingsBuilder add(Failure failure) {
    failures.add(failure);
    return this;
  }

  /** Sets the tags of a checkpoint. Call it before other data of this checkpoint is added. */
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
    Map<Key, Heatmap> kept = mostWanted();
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
        series,
        trainings,
        wanted,
        examples,
        batches,
        sorted,
        failures,
        tags,
        provenance);
  }

  /** The most wanted pairs whose cells fit into a page together; at least one pair. */
  private Map<Key, Heatmap> mostWanted() {
    List<Key> keys = heatmaps.keySet().stream().sorted(mostWantedFirst()).toList();
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

  private Comparator<Key> mostWantedFirst() {
    return Comparator.comparingInt((Key key) -> choice().rank(key.rows, key.columns))
        .thenComparing(inOrder());
  }

  private Comparator<Key> inOrder() {
    return Comparator.comparing((Key key) -> key.measure.title())
        .thenComparingInt(key -> place(key.rows))
        .thenComparingInt(key -> place(key.columns));
  }

  private boolean isKept(Key key) {
    return choice().isChosen(key.rows, key.columns);
  }

  /** The choice is made with the first row, when all its inputs are known. */
  private PairChoice choice() {
    if (choice == null) {
      List<CheckpointView> shown =
          places.keySet().stream()
              .filter(it -> isShown(it.checkpoint()))
              .sorted(Comparator.comparingInt(this::place))
              .toList();
      choice =
          new PairChoice(
              shown,
              robustness.attacked(),
              wanted.pairs(),
              tagged(shown),
              isWithinCheckpoints,
              maxHeatmaps);
    }
    return choice;
  }

  /** The checkpoints that other checkpoints are compared with. */
  private Set<String> tagged(List<CheckpointView> shown) {
    return shown.stream()
        .map(CheckpointView::checkpoint)
        .filter(id -> wanted.reference().isMet(id, tags.getOrDefault(id, Map.of())))
        .collect(Collectors.toSet());
  }

  private boolean isShown(String checkpoint) {
    return wanted.shows(tags.getOrDefault(checkpoint, Map.of()));
  }

  private int place(CheckpointView shown) {
    return places.getOrDefault(shown, places.size());
  }

  private record Key(MeasureColumns measure, CheckpointView rows, CheckpointView columns) {}
}
