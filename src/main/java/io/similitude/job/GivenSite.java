package io.similitude.job;

import io.similitude.similarity.Site;
import io.similitude.store.Unit;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * A representation that is partialled out.
 *
 * @param name what the spec calls it
 * @param units where its Gram matrices are, one a batch
 */
record GivenSite(String name, Site site, List<Unit> units) implements Serializable {
  GivenSite {
    units = List.copyOf(units);
  }

  /** As if it were compared alone. */
  SiteBlock block() {
    return SiteBlock.of(site.checkpoint(), site.view(), List.of(site.layer()), units, Set.of());
  }
}
