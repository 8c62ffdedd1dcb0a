package io.similitude.stage;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of similarities in the report: by measure, then by the sites of the rows, then by those
 * of the columns. Sites have the order of the checkpoints and views in the spec, and then that of
 * the layers.
 */
final class SpecOrder implements Comparator<SimilarityRow> {
  private static final Comparator<MeasureColumns> BY_MEASURE =
      Comparator.comparing(MeasureColumns::metric)
          .thenComparing(MeasureColumns::kernel)
          .thenComparing(MeasureColumns::estimator)
          .thenComparing(MeasureColumns::bias)
          .thenComparing(MeasureColumns::parameters);

  private final Comparator<SimilarityRow> order;

  /**
   * @param checkpoints the ids of all checkpoints, in the order of the spec
   * @param views the ids of all views, in the order of the spec
   */
  SpecOrder(List<String> checkpoints, List<String> views) {
    Map<String, Integer> checkpointRanks = ranks(checkpoints);
    Map<String, Integer> viewRanks = ranks(views);
    Comparator<Site> bySite =
        Comparator.<Site>comparingInt(site -> checkpointRanks.get(site.checkpoint()))
            .thenComparingInt(site -> viewRanks.get(site.view()))
            .thenComparingInt(Site::position);
    this.order =
        Comparator.comparing(SimilarityRow::measure, BY_MEASURE)
            .thenComparing(SimilarityRow::a, bySite)
            .thenComparing(SimilarityRow::b, bySite);
  }

  private static Map<String, Integer> ranks(List<String> ids) {
    Map<String, Integer> ranks = new HashMap<>();
    ids.forEach(id -> ranks.putIfAbsent(id, ranks.size()));
    return ranks;
  }

  @Override
  public int compare(SimilarityRow a, SimilarityRow b) {
    return order.compare(a, b);
  }
}
