package io.similitude.plan;

import io.similitude.similarity.table.Site;
import io.similitude.store.Unit;
import java.io.Serializable;
import java.util.List;

/**
 * A representation that is partialled out.
 *
 * @param name its name in the spec
 * @param block the representation alone
 */
public record Covariate(String name, SiteBlock block) implements Serializable {
  public Site site() {
    return block.sites().get(0);
  }

  /** The units that hold its Gram matrices, one for each batch. */
  public List<Unit> units() {
    return block.units();
  }
}
