package io.similitude.plan;

import io.similitude.similarity.table.Site;
import java.io.Serializable;
import java.util.Set;

/**
 * The pairs of layers that findings read: all of one network under one view; layers of the same
 * name of two networks under one view, and of one network under two; layers with labels; and, where
 * layers of different networks are matched, all of two networks under one view.
 *
 * @param isWanted whether there are any
 * @param matchesLayers whether they are
 * @param labels checkpoint ids of what is given rather than learned
 */
public record FindingPairs(boolean isWanted, boolean matchesLayers, Set<String> labels)
    implements Serializable {
  /** None. */
  public static final FindingPairs NONE = new FindingPairs(false, false, Set.of());

  public FindingPairs {
    labels = Set.copyOf(labels);
  }

  public boolean wants(Site a, Site b) {
    if (!isWanted) {
      return false;
    }
    boolean isOneCheckpoint = a.checkpoint().equals(b.checkpoint());
    boolean isOneView = a.view().equals(b.view());
    if (labels.contains(a.checkpoint()) || labels.contains(b.checkpoint())) {
      return true;
    }
    if (isOneView && (isOneCheckpoint || matchesLayers)) {
      return true;
    }
    return (isOneView || isOneCheckpoint) && a.layer().equals(b.layer());
  }
}
