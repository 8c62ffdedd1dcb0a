package io.similitude.store;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;

/**
 * The Gram matrices of one unit, one at a time, in the order in which they were written. Each of
 * the wanted positions comes exactly once; a file that is missing, short or damaged is an error
 * that names it and the way out, at the latest at the end.
 */
public final class GramReader implements AutoCloseable {
  private final TableReader<Group> rows;
  private final Set<Integer> missing;

  GramReader(Storage storage, TableFile file, Collection<Integer> positions) throws IOException {
    this.missing = new TreeSet<>(positions);
    this.rows =
        TableReader.ofGroups(
            storage,
            file,
            FilterCompat.get(
                FilterApi.in(FilterApi.intColumn("position"), new HashSet<>(positions))));
  }

  /**
   * The next Gram matrix, or null when all have come.
   *
   * @throws IOException if the file is damaged, or has a position twice or not at all
   */
  public GramRow next() throws IOException {
    Group row = rows.next();
    if (row == null) {
      checkComplete();
      return null;
    }
    GramRow gram = decode(row);
    if (!missing.remove(gram.position())) {
      throw rows.damaged("it holds position " + gram.position() + " twice", null);
    }
    return gram;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  private GramRow decode(Group row) throws IOException {
    try {
      return GramRow.decode(row);
    } catch (IllegalArgumentException e) {
      throw rows.damaged(e.getMessage(), e);
    }
  }

  private void checkComplete() throws IOException {
    if (!missing.isEmpty()) {
      throw rows.damaged("it has no Gram matrix at the positions " + missing, null);
    }
  }
}
