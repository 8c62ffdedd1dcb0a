package io.similitude.job;

import io.similitude.store.Part;
import java.io.Serializable;

/**
 * The comparison of two groups of sites, or of one group with itself: one part of the similarities.
 */
record PartTask(Part part, SiteGroup rows, SiteGroup columns) implements Serializable {
  /** Whether the group is compared with itself: then only pairs in order count. */
  boolean isSymmetric() {
    return rows.equals(columns);
  }
}
