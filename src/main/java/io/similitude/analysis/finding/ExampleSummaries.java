package io.similitude.analysis.finding;

import java.io.Serializable;
import java.util.List;

/**
 * Summaries of the Gram matrices of one network under one view.
 *
 * @param dominance null if there is none
 * @param label of the network and view, for messages
 * @param failure one line; null if there was no failure
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
