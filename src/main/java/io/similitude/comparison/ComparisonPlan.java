package io.similitude.comparison;

import io.similitude.plan.SiteBlock;
import io.similitude.store.Part;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a comparison comes to.
 *
 * @param blocks all sites that are compared
 * @param givens the measures that can be made, and what they are given
 * @param kept parts that are there and stay
 * @param missing parts to compute, the largest first
 */
public record ComparisonPlan(
    List<SiteBlock> blocks, Covariates givens, List<Part> kept, List<PartTask> missing) {
  public ComparisonPlan {
    blocks = List.copyOf(blocks);
    kept = List.copyOf(kept);
    missing = List.copyOf(missing);
  }

  /** The same with nothing to compute of these blocks; what is there of them stays. */
  public ComparisonPlan without(Set<SiteBlock> failed) {
    return new ComparisonPlan(
        blocks, givens, kept, missing.stream().flatMap(it -> it.without(failed).stream()).toList());
  }

  /** The parts that the table has in the end. */
  public List<Part> all() {
    return Stream.concat(kept.stream(), missing.stream().map(PartTask::part)).toList();
  }
}
