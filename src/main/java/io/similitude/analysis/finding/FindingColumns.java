package io.similitude.analysis.finding;

import io.similitude.similarity.measure.MeasureColumns;
import java.util.Arrays;
import java.util.List;

/** The columns of the table of findings, in their order. */
public final class FindingColumns {
  /** The names of the columns. */
  public static final List<String> NAMES =
      List.of(
          "finding",
          "version",
          "statistic",
          "metric",
          "kernel",
          "estimator",
          "bias",
          "parameters",
          "view",
          "other_view",
          "a",
          "b",
          "layer",
          "tag",
          "value",
          "error_examples",
          "groups",
          "error_networks",
          "networks",
          "runs",
          "low",
          "high",
          "p_value",
          "q_value",
          "relabellings",
          "threshold",
          "decision",
          "status",
          "detail");

  private FindingColumns() {}

  /** The fields of a row; null for a missing value. */
  public static Object[] of(FindingRow row) {
    MeasureColumns measure = row.measure();
    return new Object[] {
      row.finding(),
      row.version(),
      row.statistic(),
      measure.metric(),
      part(measure.kernel()),
      part(measure.estimator()),
      part(measure.bias()),
      part(measure.parameters()),
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
    };
  }

  /** The same as texts, with all digits; empty for a missing value. */
  public static List<String> texts(FindingRow row) {
    return Arrays.stream(of(row)).map(it -> it == null ? "" : it.toString()).toList();
  }

  private static String part(String part) {
    return part.isEmpty() ? null : part;
  }
}
