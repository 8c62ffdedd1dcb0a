package io.similitude.job;

import io.similitude.similarity.Site;
import io.similitude.store.Unit;
import java.io.Serializable;
import java.util.List;

/**
 * A representation that is partialled out.
 *
 * @param name what the spec calls it
 * @param block the representation alone
 */
record GivenSite(String name, SiteBlock block) implements Serializable {
  Site site() {
    return block.sites().get(0);
  }

  /** Where its Gram matrices are, one a batch. */
  List<Unit> units() {
    return block.units();
  }
}
