package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.Replicated;
import io.similitude.similarity.measure.MeasureColumns;
import java.io.Serializable;
import java.util.List;

/**
 * How similar the layers of a network under a view are to the labels of the examples.
 *
 * @param byLayer one for each layer
 */
public record LabelSummary(
    MeasureColumns measure,
    String checkpoint,
    String view,
    List<String> layers,
    List<Replicated> byLayer)
    implements Serializable {
  public LabelSummary {
    layers = List.copyOf(layers);
    byLayer = List.copyOf(byLayer);
  }
}
