package io.similitude.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;

/** The activations of one unit, one layer at a time, in the order in which they were written. */
public final class ActivationReader implements AutoCloseable {
  private final TableReader rows;
  private Group ahead;

  ActivationReader(Storage storage, TableFile file, Collection<Integer> positions)
      throws IOException {
    this.rows =
        new TableReader(
            storage,
            file,
            FilterCompat.get(
                FilterApi.in(FilterApi.intColumn("position"), new HashSet<>(positions))));
    this.ahead = rows.next();
  }

  /**
   * The next layer's features, or null when all have come.
   *
   * @throws IOException if the file is damaged
   */
  public LayerFeatures next() throws IOException {
    if (ahead == null) {
      return null;
    }
    int position = position(ahead);
    List<float[]> features = new ArrayList<>();
    while (ahead != null && position(ahead) == position) {
      features.add(floats(ahead.getGroup("features", 0)));
      ahead = rows.next();
    }
    return new LayerFeatures(position, features.toArray(float[][]::new));
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  private static int position(Group row) {
    return row.getInteger("position", 0);
  }

  private static float[] floats(Group list) {
    float[] floats = new float[list.getFieldRepetitionCount("list")];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = list.getGroup("list", i).getFloat("element", 0);
    }
    return floats;
  }
}
