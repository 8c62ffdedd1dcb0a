package io.similitude.job;

import static java.util.stream.Collectors.joining;

import io.similitude.store.Part;
import java.util.stream.Stream;

/**
 * The comparison of two groups of sites, or of one group with itself: one part of the similarities.
 */
record PartTask(Part part, SiteGroup rows, SiteGroup columns) implements Task {
  @Override
  public String label() {
    return Stream.of(rows, columns).map(SiteGroup::label).distinct().collect(joining(" with "));
  }

  @Override
  public int images() {
    return 0;
  }

  /** Whether the group is compared with itself: then only pairs in order count. */
  boolean isSymmetric() {
    return rows.equals(columns);
  }
}
