package io.similitude.analysis.finding;

import io.similitude.similarity.measure.MeasureColumns;

/**
 * One point of a curve of a finding.
 *
 * @param finding its name
 * @param curve such as lag
 * @param of a checkpoint, or tag=value
 * @param view of the examples
 * @param otherView the second view; null if there is only one
 * @param x the position, such as the relative depth
 * @param layer the layer at x; null if x is not a layer
 * @param value null if it does not exist, for example a mean of measures that are infinite
 * @param error standard error over examples, or over runs for a group; null if there is none
 * @param n number of checkpoints
 */
public record CurveRow(
    String finding,
    String curve,
    MeasureColumns measure,
    String of,
    String view,
    String otherView,
    double x,
    String layer,
    Double value,
    Double error,
    int n) {
  /** The name of the curve with the quantiles of separation over relabellings of the runs. */
  public static final String NULL_SEPARATION = "null-separation";

  public CurveRow {
    value = finite(value);
    error = finite(error);
  }

  private static Double finite(Double number) {
    return number != null && Double.isFinite(number) ? number : null;
  }
}
