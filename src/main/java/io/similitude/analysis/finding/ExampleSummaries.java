package io.similitude.analysis.finding;

import java.io.Serializable;
import java.util.List;

/**
 * What the Gram matrices of one network under one view say.
 *
 * @param dominance null where there is none
 * @param label of the network and view, for messages
 * @param failure one line; null where it went well
 * @param damaged files that were found damaged, relative to the run's folder
 */
public record ExampleSummaries(
    DominanceSummary dominance,
    List<InfluenceSummary> influences,
    String label,
    String failure,
    List<String> damaged)
    implements Serializable {
  public ExampleSummaries {
    influences = List.copyOf(influences);
    damaged = List.copyOf(damaged);
  }
}
