package io.similitude.analysis;

import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Collects the data for the comparison of benign and perturbed examples. The benign view is the
 * first view of the spec without attack. All other views without attack show the same examples.
 */
final class RobustnessBuilder {
  /**
   * The largest number of strips. With images of at most 64 x 64 pixels they take less than 10 MB
   * of the page.
   */
  static final int MAX_STRIPS = 40;

  private final List<CheckpointView> order;
  private final List<String> views;
  private final List<String> checkpoints;
  private final Map<String, String> attacks = new LinkedHashMap<>();
  private final MatchedLayersBuilder matched = new MatchedLayersBuilder();
  private final NavigableMap<Integer, ExampleStrip> strips = new TreeMap<>();
  private Optional<String> benign;
  private int stripsLeftOut;

  RobustnessBuilder(List<CheckpointView> order) {
    this.order = List.copyOf(order);
    this.views = order.stream().map(CheckpointView::view).distinct().toList();
    this.checkpoints = order.stream().map(CheckpointView::checkpoint).distinct().toList();
    this.benign = views.stream().findFirst();
  }

  void view(String id, String attack) {
    if (matched.size() > 0) {
      throw new IllegalStateException(
          "Cannot describe view %s: similarities have been added already".formatted(id));
    }
    if (!attack.isEmpty() && views.contains(id)) {
      attacks.put(id, attack);
      benign = views.stream().filter(view -> !attacks.containsKey(view)).findFirst();
    }
  }

  /** The views that show perturbed examples. */
  Set<String> attacked() {
    return Set.copyOf(attacks.keySet());
  }

  void add(SimilarityRow row) {
    if (isMatched(row.a(), row.b())) {
      matched.add(row, benign.orElseThrow());
    }
  }

  void add(ExampleStrip strip) {
    int place = order.indexOf(strip.shown());
    if (place < 0) {
      stripsLeftOut++;
      return;
    }
    strips.put(place, strip.thinned());
    if (strips.size() > MAX_STRIPS) {
      strips.pollLastEntry();
      stripsLeftOut++;
    }
  }

  Robustness build() {
    List<MatchedLayers> curves = matched.build(benign, views, checkpoints);
    int drawn = curves.stream().mapToInt(panel -> panel.curves().size()).sum();
    return new Robustness(
        attacks, curves, matched.size() - drawn, List.copyOf(strips.values()), stripsLeftOut);
  }

  private boolean isMatched(Site a, Site b) {
    return a.checkpoint().equals(b.checkpoint())
        && a.layer().equals(b.layer())
        && (isAttacked(a, b) || isAttacked(b, a));
  }

  private boolean isAttacked(Site before, Site after) {
    return isBenign(before) && attacks.containsKey(after.view());
  }

  private boolean isBenign(Site site) {
    return benign.isPresent() && benign.get().equals(site.view());
  }
}
