package io.similitude.dataset.imported;

import io.similitude.dataset.parquet.ParquetColumn;
import io.similitude.dataset.parquet.ParquetFile;
import io.similitude.files.FileAccess;
import io.similitude.files.FileInfo;
import io.similitude.input.InputException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Binary;

/**
 * One layer's rows in the files of a table of activations. The features are read only from row
 * groups that have a wanted row.
 */
record TableFeatures(String layer, List<TableFile> tables) implements FeatureSource {
  TableFeatures {
    tables = List.copyOf(tables);
  }

  /**
   * A file with rows of the layer.
   *
   * @param info of the file when it was found
   * @param ids its examples; empty after the file is known to be needed
   */
  record TableFile(String location, FileInfo info, List<Long> ids) implements Serializable {}

  @Override
  public FeatureSource holding(long... ids) {
    ExampleIds wanted = ExampleIds.named(layer, ids);
    List<TableFile> needed =
        tables.stream()
            .filter(table -> table.ids().stream().anyMatch(wanted::contains))
            .map(table -> new TableFile(table.location(), table.info(), List.of()))
            .toList();
    return new TableFeatures(layer, needed);
  }

  @Override
  public FeatureRows rows(long[] ids, FileAccess files) {
    Map<Long, Integer> places = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      places.put(ids[i], i);
    }
    float[][] rows = new float[ids.length][];
    for (TableFile table : tables) {
      requireUnchanged(table, files);
      ParquetFile.read(
          table.location(),
          files,
          file -> {
            read(table.location(), file, places, rows);
            return rows;
          });
    }
    requireRows(ids, rows);
    return FeatureRows.of(rows);
  }

  private void read(String location, ParquetFile file, Map<Long, Integer> places, float[][] rows)
      throws IOException {
    ActivationColumns columns = ActivationColumns.of(location, file.schema());
    Binary name = Binary.fromString(layer);
    List<Integer> groups = file.groupRows();
    for (int group = 0; group < groups.size(); group++) {
      int[] wanted = new int[groups.get(group)];
      Arrays.fill(wanted, -1);
      boolean[] mine = new boolean[wanted.length];
      file.values(
          group,
          columns.layer(),
          row -> true,
          (row, cells) -> mine[row] = cells.getBinary().equals(name));
      file.values(
          group,
          columns.example(),
          row -> mine[row],
          (row, cells) -> wanted[row] = places.getOrDefault(ParquetColumn.integer(cells), -1));
      if (Arrays.stream(wanted).anyMatch(place -> place >= 0)) {
        file.lists(
            group,
            columns.features(),
            row -> wanted[row] >= 0,
            (row, values) -> rows[wanted[row]] = values);
      }
    }
  }

  private static void requireUnchanged(TableFile table, FileAccess files) {
    if (!files.info(table.location()).equals(table.info())) {
      throw new InputException(
          "Cannot read %s: it has changed since the sweep was planned (run it again)"
              .formatted(table.location()));
    }
  }

  private void requireRows(long[] ids, float[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] == null) {
        throw new InputException(
            "Cannot read layer %s: its files have no row of example %d any more (run it again)"
                .formatted(layer, ids[i]));
      }
      if (rows[i].length != rows[0].length) {
        throw new InputException(
            "Cannot read layer %s: example %d has %d features and example %d has %d (must be as many)"
                .formatted(layer, ids[0], rows[0].length, ids[i], rows[i].length));
      }
    }
  }
}
