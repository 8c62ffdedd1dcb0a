package io.similitude.store;

import io.similitude.store.row.GramSummaryRow;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;

/**
 * The moments of a checkpoint's layers under a view, on all batches. They have their own file. The
 * file is computed and committed as a whole, and it is skipped if it is done.
 *
 * @param digest the digest of the Gram matrices; at least 16 lower-case hexadecimal digits
 * @param rows the number of layers times the number of batches
 */
public record GramSummaries(String checkpoint, String view, String digest, int rows)
    implements Serializable {

  public GramSummaries {
    UnitKey.checkId("checkpoint", checkpoint);
    UnitKey.checkId("view", view);
    TableFile.checkDigest(digest);
  }

  /** The path of the file, relative to the run's folder. */
  public String path() {
    return file().path();
  }

  TableFile file() {
    String folder = TableFile.unitFolder(Table.MOMENTS, new UnitKey(checkpoint, view, 0));
    return new TableFile(folder, "batches", digest);
  }

  List<GramSummaryRow> read(RunStorage storage) throws IOException {
    List<GramSummaryRow> moments = new ArrayList<>();
    try (TableReader<Group> in = TableReader.ofGroups(storage, file(), FilterCompat.NOOP)) {
      for (var row = in.next(); row != null; row = in.next()) {
        moments.add(GramSummaryRow.decode(row));
      }
      if (moments.size() != rows) {
        throw in.damaged("it has %d rows, not %d".formatted(moments.size(), rows), null);
      }
    }
    return moments;
  }
}
