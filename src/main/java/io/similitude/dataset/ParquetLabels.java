package io.similitude.dataset;

import io.similitude.dataset.parquet.ParquetColumn;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.parquet.column.ColumnReader;

/** Labels of a column. All labels of a file are read at the first request for one of them. */
final class ParquetLabels implements Labels {
  private final ParquetTables tables;
  private final AtomicReferenceArray<int[]> byFile;

  private ParquetLabels(ParquetTables tables) {
    this.tables = tables;
    this.byFile = new AtomicReferenceArray<>(tables.fileCount());
  }

  /** The labels. The first file with an example decides whether there are any. */
  static Optional<Labels> of(ParquetTables tables) {
    int first = tables.file(0);
    boolean labelled =
        tables.read(first, table -> tables.labelColumn(first, table.schema()).isPresent());
    return labelled ? Optional.of(new ParquetLabels(tables)) : Optional.empty();
  }

  @Override
  public int of(int example) {
    int file = tables.file(example);
    int[] labels = byFile.get(file);
    if (labels == null) {
      // Two threads may both read the file. They get equal labels.
      labels = read(file);
      byFile.set(file, labels);
    }
    return labels[example - tables.start(file)];
  }

  private int[] read(int file) {
    int[] labels = new int[tables.rows(file)];
    return tables.read(
        file,
        table -> {
          Optional<ParquetColumn> column = tables.labelColumn(file, table.schema());
          if (column.isEmpty()) {
            throw new IOException("it has no labels, and the first file has");
          }
          int first = 0;
          List<Integer> groups = table.groupRows();
          for (int group = 0; group < groups.size(); group++) {
            int start = first;
            table.values(
                group,
                column.get(),
                row -> true,
                (row, cells) -> labels[start + row] = label(file, start + row, cells));
            first += groups.get(group);
          }
          return labels;
        });
  }

  private int label(int file, int row, ColumnReader cells) {
    return Labels.require(tables.location(file), row, ParquetColumn.integer(cells));
  }
}
