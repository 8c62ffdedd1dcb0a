package io.similitude.plan;

import io.similitude.similarity.table.Site;
import java.io.Serializable;
import java.util.Set;

/**
 * The pairs of layers that findings read. These are all pairs of layers of one network under one
 * view, pairs of layers of the same name of two networks under one view, pairs of layers of the
 * same name of one network under two views, and pairs of layers with labels. If layers of different
 * networks are matched, findings also read all pairs of layers of two networks under one view.
 *
 * @param isWanted whether findings are wanted
 * @param matchesLayers whether layers of different networks are matched
 * @param labels checkpoint ids of representations that are given, not learned
 */
public record FindingPairs(boolean isWanted, boolean matchesLayers, Set<String> labels)
    implements Serializable {
  /** Findings read no pairs. */
  public static final FindingPairs NONE = new FindingPairs(false, false, Set.of());

  public FindingPairs {
    labels = Set.copyOf(labels);
  }

  /** The pairs of the layers of two networks that are read. Each network is under a view. */
  public enum Kind {
    NONE,
    /** Layers of the same name. */
    MATCHED,
    ALL
  }

  /** The kind for a checkpoint under a view with another checkpoint, or the same, under a view. */
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
