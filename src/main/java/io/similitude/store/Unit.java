package io.similitude.store;

import io.similitude.files.Fingerprint;
import io.similitude.spec.key.Fingerprinted;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * A unit of the plan with what identifies it: done when a file with its digest stands in each of
 * its tables.
 *
 * @param key checkpoint, view and batch
 * @param digest of everything that shapes the unit's rows; at least 16 lower-case hexadecimal
 *     digits
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

  /** Of the key and the digest: the tables follow from what the digest is made of. */
  @Override
  public String fingerprint() {
    return new Fingerprint()
        .with("checkpoint", key.checkpoint())
        .with("view", key.view())
        .with("batch", key.batch())
        .with("digest", digest)
        .hex();
  }

  /** Where its files are, relative to the run's folder. */
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
