package io.similitude.analysis;

import io.similitude.similarity.measure.MeasureColumns;
import java.util.List;
import java.util.Objects;

/**
 * One measure between the benign and the perturbed representation of the same layer, over depth.
 *
 * @param benign the view without attack
 * @param perturbed the view with an attack
 * @param curves one for each checkpoint, in the order of the spec
 */
public record MatchedLayers(
    MeasureColumns measure, String benign, String perturbed, List<MatchedCurve> curves) {
  public MatchedLayers {
    Objects.requireNonNull(measure);
    Objects.requireNonNull(benign);
    Objects.requireNonNull(perturbed);
    curves = List.copyOf(curves);
  }
}
