package io.similitude.comparison;

import static java.util.stream.Collectors.joining;

import io.similitude.execution.Task;
import io.similitude.plan.Estimation;
import io.similitude.similarity.exact.ExactCost;
import io.similitude.store.Part;
import java.util.stream.Stream;

/**
 * The comparison of two groups of sites, or of one with itself, by stored activations: one part of
 * the similarities.
 *
 * @param cost of exact linear CKA; nothing for other measures
 */
public record ActivationTask(
    Part part, Estimation estimation, SiteGroup rows, SiteGroup columns, ExactCost cost)
    implements Task {
  /** The same at this cost. */
  ActivationTask costing(ExactCost exact) {
    return new ActivationTask(part, estimation, rows, columns, exact);
  }

  @Override
  public String label() {
    return Stream.of(rows, columns).map(SiteGroup::label).distinct().collect(joining(" with "));
  }

  /** Whether the group is compared with itself: then only pairs in order count. */
  public boolean isSymmetric() {
    return rows.equals(columns);
  }
}
