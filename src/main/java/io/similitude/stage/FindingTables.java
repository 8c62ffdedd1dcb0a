package io.similitude.stage;

import io.similitude.analysis.finding.CurveRow;
import io.similitude.analysis.finding.Decision;
import io.similitude.analysis.finding.FindingRow;
import io.similitude.analysis.finding.FindingStatus;
import io.similitude.analysis.finding.InfluenceSummary;
import io.similitude.analysis.finding.NetworkRow;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.store.Tables;
import io.similitude.store.row.RowChoice;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** The rows of the findings. Their fields have the order of the columns of the tables. */
final class FindingTables {
  private FindingTables() {}

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

  /** Reads the findings from the tables of a run. The findings are empty if there are no tables. */
  static SweepFindings read(Tables tables) throws IOException {
    return new SweepFindings(
        tables.read(Table.FINDINGS, RowChoice.ALL, FindingTables::finding),
        tables.read(Table.CURVES, RowChoice.ALL, FindingTables::curve));
  }

  private static FindingRow finding(Row row) {
    String decision = row.getAs("decision");
    return new FindingRow(
        row.getAs("finding"),
        row.<Integer>getAs("version"),
        row.getAs("statistic"),
        measure(row),
        row.getAs("view"),
        row.getAs("other_view"),
        row.getAs("a"),
        row.getAs("b"),
        row.getAs("layer"),
        row.getAs("tag"),
        row.getAs("value"),
        row.getAs("error_examples"),
        row.<Integer>getAs("groups"),
        row.getAs("error_networks"),
        row.<Integer>getAs("networks"),
        row.<Integer>getAs("runs"),
        row.getAs("low"),
        row.getAs("high"),
        row.getAs("p_value"),
        row.getAs("q_value"),
        row.getAs("relabellings"),
        row.getAs("threshold"),
        decision == null ? null : Decision.labelled(decision),
        FindingStatus.labelled(row.getAs("status")),
        row.getAs("detail"));
  }

  private static CurveRow curve(Row row) {
    return new CurveRow(
        row.getAs("finding"),
        row.getAs("curve"),
        measure(row),
        row.getAs("checkpoint"),
        row.getAs("view"),
        row.getAs("other_view"),
        row.<Double>getAs("x"),
        row.getAs("layer"),
        row.getAs("value"),
        row.getAs("error"),
        row.<Integer>getAs("n"));
  }

  private static MeasureColumns measure(Row row) {
    return new MeasureColumns(
        row.getAs("metric"),
        part(row, "kernel"),
        part(row, "estimator"),
        part(row, "bias"),
        part(row, "parameters"));
  }

  private static String part(Row row, String column) {
    return Objects.requireNonNullElse(row.getAs(column), "");
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
