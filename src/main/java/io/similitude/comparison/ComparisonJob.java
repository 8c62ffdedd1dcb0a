package io.similitude.comparison;

import io.similitude.plan.Covariate;
import io.similitude.plan.FindingPairs;
import io.similitude.spec.Comparison;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.store.RunFolder;
import io.similitude.store.RunWriter;
import java.io.Serializable;
import java.util.List;

/**
 * What all parts of a comparison share on the executors.
 *
 * @param given the representations that measures are given, by name
 * @param findings the pairs whose replicates are needed
 * @param batchSizes the number of examples in each batch
 */
public record ComparisonJob(
    List<MeasureSpec> measures,
    List<Covariate> given,
    Comparison compare,
    FindingPairs findings,
    List<Integer> batchSizes,
    RunFolder folder,
    RunWriter writer)
    implements Serializable {
  public ComparisonJob {
    measures = List.copyOf(measures);
    given = List.copyOf(given);
    batchSizes = List.copyOf(batchSizes);
  }
}
