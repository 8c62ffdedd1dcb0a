package io.similitude.store;

import io.similitude.files.Fingerprint;
import io.similitude.spec.key.Fingerprinted;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * A unit of the plan with its identity. It is done when each of its tables has a file with its
 * digest.
 *
 * @param key checkpoint, view and batch
 * @param digest the digest of everything that affects the unit's rows; at least 16 lower-case
 *     hexadecimal digits
 * @param tables to which it adds one file each: some of predictions, activations, grams
 */
public record Unit(UnitKey key, String digest, Set<Table> tables)
    implements Serializable, Fingerprinted {

  public Unit {
    TableFile.checkDigest(digest);
    tables = Set.copyOf(tables);
    if (tables.isEmpty() || !Table.OF_UNITS.containsAll(tables)) {
      throw new IllegalArgumentException(
          "Invalid tables of unit "
              + key
              + ": "
              + tables
              + " (must be some of "
              + Table.OF_UNITS
              + ")");
    }
  }

  /** The hash of the key and the digest. The digest already determines the tables. */
  @Override
  public String fingerprint() {
    return new Fingerprint()
        .with("checkpoint", key.checkpoint())
        .with("view", key.view())
        .with("batch", key.batch())
        .with("digest", digest)
        .hex();
  }

  /** The paths of its files, relative to the run's folder. */
  public List<String> paths() {
    return files().stream().map(TableFile::path).toList();
  }

  TableFile file(Table table) {
    return TableFile.ofUnit(table, key, digest);
  }

  List<TableFile> files() {
    return tables.stream().sorted().map(this::file).toList();
  }
}
