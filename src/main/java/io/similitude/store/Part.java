package io.similitude.store;

import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.io.Serializable;
import java.util.List;

/**
 * One part of the similarities. It has its own file. The file is computed and committed as a whole,
 * and it is skipped if it is done.
 *
 * @param name the name of the part, chosen by the plan; it has the form of an id
 * @param digest the digest of everything that affects the part's rows; at least 16 lower-case
 *     hexadecimal digits
 */
public record Part(String name, String digest) implements Serializable {

  public Part {
    UnitKey.checkId("part", name);
    TableFile.checkDigest(digest);
  }

  /** The paths of the part and of its replicates, relative to the run's folder. */
  public List<String> paths() {
    return List.of(file().path(), replicates().path());
  }

  /** The file of the replicates of the part's pairs. */
  TableFile replicates() {
    return new TableFile(Table.REPLICATES.folder(), name, digest);
  }

  TableFile file() {
    return new TableFile(Table.SIMILARITIES.folder(), name, digest);
  }
}
