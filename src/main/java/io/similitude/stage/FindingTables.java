package io.similitude.stage;

import io.similitude.analysis.finding.CurveRow;
import io.similitude.analysis.finding.FindingRow;
import io.similitude.analysis.finding.InfluenceSummary;
import io.similitude.analysis.finding.NetworkRow;
import io.similitude.similarity.measure.MeasureColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The rows of findings in the order of the columns of their tables. */
final class FindingTables {
  private FindingTables() {}

  static Object[] row(FindingRow row) {
    return joined(
        new Object[] {row.finding(), row.version(), row.statistic()},
        measure(row.measure()),
        new Object[] {
          row.view(),
          row.otherView(),
          row.a(),
          row.b(),
          row.layer(),
          row.tag(),
          row.value(),
          row.errorExamples(),
          row.groups(),
          row.errorNetworks(),
          row.networks(),
          row.runs(),
          row.low(),
          row.high(),
          row.pValue(),
          row.qValue(),
          row.relabellings(),
          row.threshold(),
          row.decision() == null ? null : row.decision().label(),
          row.status().label(),
          row.detail()
        });
  }

  static Object[] row(NetworkRow row) {
    return joined(
        measure(row.measure()),
        new Object[] {
          row.view(),
          row.a(),
          row.b(),
          row.similarity().value(),
          row.distance().value(),
          row.layers(),
          row.similarity().without(),
          row.distance().without()
        });
  }

  static Object[] row(CurveRow row) {
    return joined(
        new Object[] {row.finding(), row.curve()},
        measure(row.measure()),
        new Object[] {
          row.of(),
          row.view(),
          row.otherView(),
          row.x(),
          row.layer(),
          row.value(),
          row.error(),
          row.n()
        });
  }

  static List<Object[]> rows(InfluenceSummary layer) {
    List<Object[]> rows = new ArrayList<>();
    for (InfluenceSummary.Share share : layer.shares()) {
      rows.add(
          joined(
              measure(layer.measure()),
              new Object[] {
                layer.checkpoint(),
                layer.view(),
                layer.otherView(),
                layer.layer(),
                layer.position(),
                share.kind(),
                share.id(),
                share.other(),
                share.share(),
                share.pointwise()
              }));
    }
    return rows;
  }

  private static Object[] measure(MeasureColumns measure) {
    return Stream.of(
            measure.metric(),
            measure.kernel(),
            measure.estimator(),
            measure.bias(),
            measure.parameters())
        .map(part -> part.isEmpty() ? null : part)
        .toArray();
  }

  private static Object[] joined(Object[]... parts) {
    return Arrays.stream(parts).flatMap(Arrays::stream).toArray();
  }
}
