package io.similitude.comparison;

import io.similitude.plan.SiteBlock;
import io.similitude.store.Part;
import java.util.List;
import java.util.stream.Stream;

/**
 * The parts of a comparison: those to keep and those to compute.
 *
 * @param blocks all sites that are compared
 * @param givens the measures that can be computed, and the representations that they are given
 * @param kept parts that exist and are kept
 * @param missing parts to compute, the largest first
 */
public record ComparisonPlan(
    List<SiteBlock> blocks, Covariates givens, List<Part> kept, List<PartTask> missing) {
  public ComparisonPlan {
    blocks = List.copyOf(blocks);
    kept = List.copyOf(kept);
    missing = List.copyOf(missing);
  }

  /** All parts that the table has at the end. */
  public List<Part> all() {
    return Stream.concat(kept.stream(), missing.stream().map(PartTask::part)).toList();
  }
}
