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

  /** A step for each pair of sites, each pair of batches, or each pass. */
  @Override
  public long steps() {
    long batches = rows.blocks().isEmpty() ? 0 : rows.blocks().get(0).units().size();
    return switch (estimation.way()) {
      case EXACT_LINEAR -> cost.favoursCovariances() ? pairs() : half(batches);
      case EXACT, BATCHES -> estimation.passes();
    };
  }

  private long pairs() {
    return isSymmetric() ? half(rows.size()) : (long) rows.size() * columns.size();
  }

  private static long half(long count) {
    return count * (count + 1) / 2;
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
