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

  /** Which pairs of the layers of two networks are read, each network under a view. */
  public enum Kind {
    NONE,
    /** Layers of the same name. */
    MATCHED,
    ALL
  }

  /** Of a checkpoint under a view with another or the same. */
  public Kind kind(String a, String viewOfA, String b, String viewOfB) {
    if (!isWanted) {
      return Kind.NONE;
    }
    boolean isOneCheckpoint = a.equals(b);
    boolean isOneView = viewOfA.equals(viewOfB);
    if (labels.contains(a) || labels.contains(b)) {
      return Kind.ALL;
    }
    if (isOneView && (isOneCheckpoint || matchesLayers)) {
      return Kind.ALL;
    }
    return isOneView || isOneCheckpoint ? Kind.MATCHED : Kind.NONE;
  }

  public Kind kind(SiteBlock a, SiteBlock b) {
    return kind(a.checkpoint(), a.view(), b.checkpoint(), b.view());
  }

  public boolean wants(Site a, Site b) {
    return switch (kind(a.checkpoint(), a.view(), b.checkpoint(), b.view())) {
      case NONE -> false;
      case MATCHED -> a.layer().equals(b.layer());
      case ALL -> true;
    };
  }
}
