package io.similitude.analysis;

import io.similitude.similarity.measure.MeasureValue;
import java.util.List;
import java.util.Objects;

/**
 * How similar each layer of a checkpoint stays to itself when the examples are perturbed.
 *
 * @param layers in the order in which they run
 * @param similarities of the benign and the perturbed representation of each layer
 */
public record MatchedCurve(
    String checkpoint, List<String> layers, List<MeasureValue> similarities) {
  public MatchedCurve {
    Objects.requireNonNull(checkpoint);
    layers = List.copyOf(layers);
    similarities = List.copyOf(similarities);
    if (layers.size() != similarities.size()) {
      throw new IllegalArgumentException(
          "Invalid curve: %d similarities (must be %d, one a layer)"
              .formatted(similarities.size(), layers.size()));
    }
  }
}
