package io.similitude.dataset.imported;

import io.similitude.dataset.parquet.ParquetColumn;
import io.similitude.dataset.parquet.ParquetFile;
import io.similitude.files.FileAccess;
import io.similitude.files.ListedFile;
import io.similitude.files.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the layers and examples in the files of one checkpoint and view. It reads all columns
 * except the features. These columns are small.
 */
final class ActivationScan {
  private final FileAccess files;
  private final Map<String, Layer> layers = new LinkedHashMap<>();

  ActivationScan(FileAccess files) {
    this.files = files;
  }

  void add(ListedFile file) {
    Map<String, List<Long>> ids =
        ParquetFile.read(file.name(), files, table -> rows(file.name(), table));
    ids.forEach(
        (layer, examples) ->
            layers
                .get(layer)
                .tables
                .add(new TableFeatures.TableFile(file.name(), file.info(), examples)));
  }

  Collection<Layer> layers() {
    return layers.values();
  }

  /** The examples of each layer of a file. */
  private Map<String, List<Long>> rows(String location, ParquetFile table) throws IOException {
    ActivationColumns columns = ActivationColumns.of(location, table.schema());
    Map<String, List<Long>> ids = new LinkedHashMap<>();
    List<Integer> groups = table.groupRows();
    for (int group = 0; group < groups.size(); group++) {
      String[] names = new String[groups.get(group)];
      table.values(
          group,
          columns.layer(),
          row -> true,
          (row, cells) -> names[row] = cells.getBinary().toStringUsingUTF8());
      table.values(
          group,
          columns.position(),
          row -> !layers.containsKey(names[row]),
          (row, cells) ->
              layers.computeIfAbsent(
                  names[row], name -> new Layer(name, (int) ParquetColumn.integer(cells))));
      table.values(
          group,
          columns.example(),
          row -> true,
          (row, cells) ->
              ids.computeIfAbsent(names[row], it -> new ArrayList<>())
                  .add(ParquetColumn.integer(cells)));
    }
    return ids;
  }

  /** A layer's rows, in any of the files. */
  static final class Layer {
    private final String name;
    private final int position;
    private final List<TableFeatures.TableFile> tables = new ArrayList<>();

    Layer(String name, int position) {
      this.name = name;
      this.position = position;
    }

    String name() {
      return name;
    }

    int position() {
      return position;
    }

    /** The example of each row. */
    long[] ids() {
      return tables.stream()
          .flatMap(table -> table.ids().stream())
          .mapToLong(Long::longValue)
          .toArray();
    }

    TableFeatures source() {
      return new TableFeatures(name, tables);
    }

    /**
     * The digest, made from the listing of the files. They may be too large to be read for a plan.
     */
    String digest() {
      List<String> lines = new ArrayList<>(List.of(name));
      for (TableFeatures.TableFile table : tables) {
        lines.add(
            "%s\0%d\0%d"
                .formatted(
                    table.location().substring(table.location().lastIndexOf('/') + 1),
                    table.info().length(),
                    table.info().modified()));
      }
      return Sha256.ofLines(lines);
    }
  }
}
