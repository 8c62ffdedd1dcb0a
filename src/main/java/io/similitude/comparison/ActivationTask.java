package io.similitude.comparison;

import static java.util.stream.Collectors.joining;

import io.similitude.execution.Task;
import io.similitude.plan.Estimation;
import io.similitude.similarity.exact.ExactCost;
import io.similitude.store.Part;
import java.util.stream.Stream;

/**
 * The comparison of two groups of sites, or of one group with itself, by stored activations. It
 * makes one part of the similarities.
 *
 * @param cost the cost of exact linear CKA; empty for other measures
 */
public record ActivationTask(
    Part part, Estimation estimation, SiteGroup rows, SiteGroup columns, ExactCost cost)
    implements Task {
  /** The same task at this cost. */
  ActivationTask costing(ExactCost exact) {
    return new ActivationTask(part, estimation, rows, columns, exact);
  }

  @Override
  public String label() {
    return Stream.of(rows, columns).map(SiteGroup::label).distinct().collect(joining(" with "));
  }

  /** Whether the group is compared with itself. Then each pair is computed in one order only. */
  public boolean isSymmetric() {
    return rows.equals(columns);
  }
}
