package io.similitude.analysis.finding;

import io.similitude.similarity.measure.MeasureColumns;

/**
 * One point of a curve that a finding has.
 *
 * @param finding its name
 * @param curve such as lag
 * @param of a checkpoint, or tag=value
 * @param view of the examples
 * @param otherView the second view; null where there is one
 * @param x such as the relative depth
 * @param layer the layer at x; null where x is no layer
 * @param error standard error over examples, of a group over its runs; null where there is none
 * @param n checkpoints
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
  /** The curve of quantiles of separation over relabellings of the runs. */
  public static final String NULL_SEPARATION = "null-separation";
}
