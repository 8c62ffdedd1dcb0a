package io.similitude.store;

import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.io.Serializable;
import java.util.List;

/**
 * One part of the similarities: a file of its own, computed, committed and skipped when done as a
 * whole.
 *
 * @param name the part's, chosen by the plan; of the form of an id
 * @param digest of everything that shapes the part's rows; at least 16 lower-case hexadecimal
 *     digits
 */
public record Part(String name, String digest) implements Serializable {

  public Part {
    UnitKey.checkId("part", name);
    TableFile.checkDigest(digest);
  }

  /** Where it and its replicates are, relative to the run's folder. */
  public List<String> paths() {
    return List.of(file().path(), replicates().path());
  }

  /** Where the replicates of the part's pairs are. */
  TableFile replicates() {
    return new TableFile(Table.REPLICATES.folder(), name, digest);
  }

  TableFile file() {
    return new TableFile(Table.SIMILARITIES.folder(), name, digest);
  }
}
