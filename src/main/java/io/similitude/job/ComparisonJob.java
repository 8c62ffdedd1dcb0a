package io.similitude.job;

import io.similitude.spec.Comparison;
import io.similitude.spec.SimilaritySpec;
import io.similitude.store.RunFolder;
import io.similitude.store.RunWriter;
import java.io.Serializable;
import java.util.List;

/**
 * What all parts of a comparison share on the executors.
 *
 * @param given what measures are given, by their names
 * @param batchSizes examples of each batch
 */
record ComparisonJob(
    List<SimilaritySpec> measures,
    List<GivenSite> given,
    Comparison compare,
    List<Integer> batchSizes,
    RunFolder folder,
    RunWriter writer)
    implements Serializable {
  ComparisonJob {
    measures = List.copyOf(measures);
    given = List.copyOf(given);
    batchSizes = List.copyOf(batchSizes);
  }
}
