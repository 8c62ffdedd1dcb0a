package io.similitude.report;

import io.similitude.analysis.Findings;
import io.similitude.analysis.Heatmap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Chooses the heatmap that a page shows first: the most informative one. */
final class FirstHeatmap {
  private FirstHeatmap() {}

  /**
   * The number of the chosen heatmap. The order of preference is: two checkpoints with the
   * reference, two checkpoints, two sides, the first heatmap.
   */
  static int of(Findings findings) {
    List<Heatmap> maps = findings.heatmaps();
    Predicate<Heatmap> isSameView =
        it -> !it.rows().equals(it.columns()) && it.rows().view().equals(it.columns().view());
    return Stream.<Predicate<Heatmap>>of(
            isSameView.and(it -> isWithReference(findings, it)),
            isSameView,
            it -> !it.rows().equals(it.columns()),
            it -> true)
        .flatMap(wanted -> maps.stream().filter(wanted).limit(1))
        .findFirst()
        .map(maps::indexOf)
        .orElse(0);
  }

  private static boolean isWithReference(Findings findings, Heatmap map) {
    return Stream.of(map.rows().checkpoint(), map.columns().checkpoint())
        .anyMatch(
            id ->
                findings
                    .report()
                    .reference()
                    .isMet(id, findings.tags().getOrDefault(id, Map.of())));
  }
}
