package io.similitude.plan;

import io.similitude.similarity.table.Site;
import io.similitude.store.Unit;
import java.io.Serializable;
import java.util.List;

/**
 * A representation that is partialled out.
 *
 * @param name what the spec calls it
 * @param block the representation alone
 */
public record Covariate(String name, SiteBlock block) implements Serializable {
  public Site site() {
    return block.sites().get(0);
  }

  /** Where its Gram matrices are, one a batch. */
  public List<Unit> units() {
    return block.units();
  }
}
