package io.similitude.dataset;

import static java.util.stream.Collectors.joining;

import io.similitude.dataset.parquet.ParquetColumn;
import io.similitude.dataset.parquet.ParquetFile;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** The files of a Parquet data set as one table. It gives the file and the row of each example. */
final class ParquetTables {
  private final List<String> locations;
  private final DatasetSource.Columns source;
  private final FileAccess files;

  /** The first example of each file, and at the end the number of all examples. */
  private final int[] starts;

  ParquetTables(DatasetListing listing, FileAccess files) {
    this.locations = locations(listing);
    this.source = (DatasetSource.Columns) listing.spec().source();
    this.files = files;
    starts = new int[locations.size() + 1];
    for (int i = 0; i < locations.size(); i++) {
      starts[i + 1] = starts[i] + listing.rows().get(i);
    }
  }

  static List<String> locations(DatasetListing listing) {
    return IntStream.range(0, listing.files().size()).mapToObj(listing::location).toList();
  }

  int examples() {
    return starts[starts.length - 1];
  }

  int fileCount() {
    return locations.size();
  }

  /** The file of an example. Files without rows have no examples. */
  int file(int example) {
    int found = Arrays.binarySearch(starts, example);
    int file = found >= 0 ? found : -found - 2;
    while (starts[file + 1] == starts[file]) {
      file++;
    }
    return file;
  }

  int start(int file) {
    return starts[file];
  }

  int rows(int file) {
    return starts[file + 1] - starts[file];
  }

  String location(int file) {
    return locations.get(file);
  }

  /** Opens a file, which must have the rows that were listed. */
  <T> T read(int file, ParquetFile.Reading<T> reading) {
    return ParquetFile.read(
        location(file),
        files,
        table -> {
          if (table.rows() != rows(file)) {
            throw new InputException(
                "Cannot read %s: it has %d rows, and had %d when it was listed (run again)"
                    .formatted(location(file), table.rows(), rows(file)));
          }
          return reading.read(table);
        });
  }

  ParquetColumn imageColumn(int file, MessageType schema) {
    return imageColumn(location(file), source, schema);
  }

  Optional<ParquetColumn> labelColumn(int file, MessageType schema) {
    return labelColumn(location(file), source, schema);
  }

  static ParquetColumn imageColumn(
      String location, DatasetSource.Columns source, MessageType schema) {
    return ParquetColumn.images(schema, source.image())
        .orElseThrow(
            () -> noColumn(location, source.image(), "image", "bytes, or bytes and path", schema));
  }

  /** Empty if no label column is asked for and no column has the usual name. */
  static Optional<ParquetColumn> labelColumn(
      String location, DatasetSource.Columns source, MessageType schema) {
    String name = source.label().orElse(DatasetSource.LABEL_COLUMN);
    if (source.label().isEmpty() && !schema.containsField(name)) {
      return Optional.empty();
    }
    Optional<ParquetColumn> column = ParquetColumn.integers(schema, name);
    if (column.isEmpty()) {
      throw noColumn(location, name, "label", "integers", schema);
    }
    return column;
  }

  private static InputException noColumn(
      String location, String name, String noun, String type, MessageType schema) {
    return new InputException(
        "Cannot read %ss of %s: it has no column %s of %s (its columns: %s; choose with %s-column)"
            .formatted(noun, location, name, type, columns(schema), noun));
  }

  private static String columns(MessageType schema) {
    return schema.getFields().stream().map(Type::getName).collect(joining(", "));
  }
}
