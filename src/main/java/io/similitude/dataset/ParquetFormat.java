package io.similitude.dataset;

import io.similitude.dataset.parquet.ParquetFile;
import io.similitude.files.FileAccess;
import io.similitude.files.ListedFile;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import java.util.List;
import java.util.Optional;

/**
 * Parquet files with a column of encoded images, as bytes or as Hugging Face's {@code {bytes,
 * path}}, and a column of integers as labels. Examples are sorted by file name, code unit by code
 * unit, then by row. For a split, the files are those whose name begins with it ({@code
 * test-00000-of-00002.parquet}), or those in the folder with its name.
 */
final class ParquetFormat implements StoredFormat {
  @Override
  public DatasetListing list(DatasetSpec spec, FileAccess files) {
    DatasetSource.Columns source = (DatasetSource.Columns) spec.source();
    boolean folder = files.isFolder(source.path());
    List<ListedFile> tables =
        folder
            ? inFolder(source, files)
            : List.of(new ListedFile(source.path(), files.info(source.path())));
    String root = folder ? source.path() : "";
    DatasetListing found = new DatasetListing(spec, root, tables, List.of(), List.of());
    List<Integer> rows =
        ParquetTables.locations(found).stream().map(table -> rows(table, source, files)).toList();
    requireRows(source, rows);
    return new DatasetListing(spec, root, tables, List.of(), rows);
  }

  private static List<ListedFile> inFolder(DatasetSource.Columns source, FileAccess files) {
    List<ListedFile> tables =
        files.list(source.path()).stream()
            .filter(
                file -> ParquetFile.isTable(file.name()) && isOfSplit(file.name(), source.split()))
            .toList();
    if (tables.isEmpty()) {
      throw new InputException(
          "Cannot find a table in %s: no file's name ends in %s%s"
              .formatted(
                  source.path(),
                  ParquetFile.EXTENSION,
                  source.split().map(split -> " and begins with " + split).orElse("")));
    }
    return tables;
  }

  private static boolean isOfSplit(String name, Optional<String> split) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    return split.isEmpty()
        || file.startsWith(split.get() + "-")
        || file.startsWith(split.get() + ".")
        || ("/" + name).contains("/" + split.get() + "/");
  }

  private static int rows(String location, DatasetSource.Columns source, FileAccess files) {
    return ParquetFile.read(
        location,
        files,
        table -> {
          ParquetTables.imageColumn(location, source, table.schema());
          ParquetTables.labelColumn(location, source, table.schema());
          return Math.toIntExact(table.rows());
        });
  }

  private static void requireRows(DatasetSource.Columns source, List<Integer> rows) {
    long total = rows.stream().mapToLong(Integer::longValue).sum();
    if (total < 1 || total > Integer.MAX_VALUE) {
      throw new InputException(
          "Cannot read %s: it has %d rows (must be 1 to %d)"
              .formatted(source.path(), total, Integer.MAX_VALUE));
    }
  }

  @Override
  public StoredDataset read(DatasetListing listing, FileAccess files) {
    ParquetTables tables = new ParquetTables(listing, files);
    return new StoredDataset(new ParquetImages(tables), ParquetLabels.of(tables));
  }

  @Override
  public DatasetIdentity identity() {
    return DatasetIdentity.LISTING;
  }
}
