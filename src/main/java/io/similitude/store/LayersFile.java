package io.similitude.store;

import io.similitude.store.row.LayerRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;

/** Reads the layers of one checkpoint. */
final class LayersFile {
  private LayersFile() {}

  static List<LayerRow> read(RunStorage storage, TableFile file) throws IOException {
    List<LayerRow> layers = new ArrayList<>();
    try (TableReader<Group> rows = TableReader.ofGroups(storage, file, FilterCompat.NOOP)) {
      for (Group row = rows.next(); row != null; row = rows.next()) {
        layers.add(LayerRow.decode(row));
      }
      layers.sort(Comparator.comparingInt(LayerRow::position));
      if (IntStream.range(0, layers.size()).anyMatch(i -> layers.get(i).position() != i)) {
        throw rows.damaged("its positions do not count from 0 without a gap", null);
      }
    }
    return layers;
  }
}
