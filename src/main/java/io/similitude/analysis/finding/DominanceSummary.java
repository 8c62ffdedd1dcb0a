package io.similitude.analysis.finding;

import io.similitude.similarity.measure.MeasureColumns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the first principal components of a network's layers agree, and whether they carry the
 * similarity of the layers.
 *
 * @param alignment mean squared cosine of the first components of different layers
 * @param squaredShare mean share of the first eigenvalue in the sum of squares
 * @param carriers mean number of examples that carry the first component, 1 / sum u^4
 * @param examples of a batch
 * @param similarity mean CKA of different layers
 * @param withoutFirst the same without the first components
 * @param contrastWithout the equal-lag contrast of the found segments without them; null if there
 *     are none
 */
public record DominanceSummary(
    MeasureColumns measure,
    String checkpoint,
    String view,
    double alignment,
    double squaredShare,
    double carriers,
    int examples,
    double similarity,
    double withoutFirst,
    Double contrastWithout)
    implements Serializable {
  private static final double ALIGNED = 0.8;
  private static final double LARGE_SHARE = 0.5;
  private static final double FALL = 0.2;
  private static final double FEW = 0.1;

  /**
   * Whether all four hold: the components are aligned, are large, carry the similarity, and rest on
   * few examples.
   */
  boolean isDominated() {
    return alignment >= ALIGNED
        && squaredShare >= LARGE_SHARE
        && similarity - withoutFirst >= FALL
        && carriers <= FEW * examples;
  }

  List<FindingRow> rows(String finding, int version) {
    List<FindingRow> rows = new ArrayList<>();
    rows.add(
        row(finding, version)
            .value(alignment)
            .decision(ALIGNED, isDominated() ? Decision.PRESENT : Decision.ABSENT)
            .detail(isDominated() ? "dominated" : "not dominated")
            .statistic("first-component-alignment"));
    rows.add(
        row(finding, version)
            .value(squaredShare)
            .decision(LARGE_SHARE, null)
            .statistic("first-component-squared-share"));
    rows.add(
        row(finding, version)
            .value(carriers)
            .decision(FEW * examples, null)
            .statistic("first-component-examples"));
    rows.add(
        row(finding, version)
            .value(similarity - withoutFirst)
            .decision(FALL, null)
            .statistic("similarity-of-first-component"));
    if (contrastWithout != null) {
      rows.add(
          row(finding, version)
              .value(contrastWithout)
              .statistic("equal-lag-contrast-without-first-component"));
    }
    return rows;
  }

  private FindingRow.Builder row(String finding, int version) {
    return FindingRow.of(finding, version, measure).view(view).a(checkpoint);
  }
}
