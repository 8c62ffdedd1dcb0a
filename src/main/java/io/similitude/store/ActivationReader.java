package io.similitude.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;

/**
 * The activations of one unit, one layer at a time, in the order in which they were written. Each
 * of the wanted positions comes exactly once. A file that is missing, short or damaged is an error,
 * at the latest at the end. The message names the file and says what to do.
 */
public final class ActivationReader implements AutoCloseable {
  private final TableReader<ActivationRecords.Row> rows;
  private final Set<Integer> missing;
  private ActivationRecords.Row ahead;

  ActivationReader(RunStorage storage, TableFile file, Collection<Integer> positions)
      throws IOException {
    this.missing = new TreeSet<>(positions);
    this.rows =
        new TableReader<>(
            storage,
            file,
            FilterCompat.get(
                FilterApi.in(FilterApi.intColumn("position"), new HashSet<>(positions))),
            ActivationRecords::new);
    this.ahead = rows.next();
  }

  /**
   * * Returns the next layer's activations, or null after the last layer.
   *
   * @throws IOException if the file is damaged, or has a layer twice or not at all
   */
  public LayerFeatures next() throws IOException {
    if (ahead == null) {
      checkComplete();
      return null;
    }
    int position = ahead.position();
    if (!missing.remove(position)) {
      throw rows.damaged("it holds position " + position + " twice", null);
    }
    List<ActivationRecords.Row> layer = new ArrayList<>();
    while (ahead != null && ahead.position() == position) {
      layer.add(ahead);
      ahead = rows.next();
    }
    return new LayerFeatures(
        position,
        layer.stream().mapToLong(ActivationRecords.Row::exampleId).toArray(),
        layer.stream().map(ActivationRecords.Row::features).toArray(float[][]::new));
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  private void checkComplete() throws IOException {
    if (!missing.isEmpty()) {
      throw rows.damaged("it has no activations at the positions " + missing, null);
    }
  }
}
