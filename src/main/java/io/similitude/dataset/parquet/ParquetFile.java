package io.similitude.dataset.parquet;

import io.similitude.files.FileAccess;
import io.similitude.files.StorageException;
import io.similitude.input.InputException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.MessageType;

/**
 * One Parquet file, read one column and one row group at a time. Memory holds one row group's chunk
 * of one column as it is stored, and one of its pages unpacked.
 */
public final class ParquetFile implements AutoCloseable {
  public static final String EXTENSION = ".parquet";

  /**
   * The most bytes of a row group's images that a task holds in memory. A larger one is refused;
   * the file needs smaller row groups.
   */
  private static final long LONGEST_CHUNK = 1L << 30;

  private final String location;
  private final ParquetFileReader reader;

  private ParquetFile(String location, ParquetFileReader reader) {
    this.location = location;
    this.reader = reader;
  }

  public interface Reading<T> {
    public T read(ParquetFile file) throws IOException;
  }

  /** Receives values as they are read. */
  public interface Values {
    /**
     * Takes the value of a row of the row group. It is at the current position of {@code reader},
     * and it is not null.
     */
    void take(int row, ColumnReader reader);
  }

  /** Receives lists of numbers as they are read. */
  public interface Lists {
    void take(int row, float[] values);
  }

  /** Opens the file and runs an action on it. An error in the file gives a message of one line. */
  public static <T> T read(String location, FileAccess files, Reading<T> reading) {
    try (ParquetFile file = open(location, files)) {
      return reading.read(file);
    } catch (InputException | StorageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Parquet's library throws any kind of exception for broken files.
      throw new InputException(
          "Cannot read %s: as a Parquet file it is broken: %s (was it copied or downloaded whole?)"
              .formatted(location, why(e)),
          e);
    }
  }

  /**
   * Whether a file is part of the table. Names that begin with a dot or an underscore are temporary
   * files of writers.
   */
  public static boolean isTable(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    return file.toLowerCase(Locale.ROOT).endsWith(EXTENSION)
        && !file.startsWith("_")
        && !file.startsWith(".");
  }

  private static ParquetFile open(String location, FileAccess files) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .usePageChecksumVerification(true)
            .build();
    return new ParquetFile(
        location, ParquetFileReader.open(new ParquetSource(location, files), options));
  }

  private static String why(Exception failure) {
    String message = String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
    return message.length() <= 200 ? message : message.substring(0, 200) + "...";
  }

  public MessageType schema() {
    return reader.getFileMetaData().getSchema();
  }

  /** The number of rows in each row group. */
  public List<Integer> groupRows() {
    return reader.getRowGroups().stream().map(this::rows).toList();
  }

  /** The number of rows in all row groups. */
  public long rows() {
    return groupRows().stream().mapToLong(Integer::longValue).sum();
  }

  private int rows(BlockMetaData group) {
    long rows = group.getRowCount();
    if (rows < 0 || rows > Integer.MAX_VALUE) {
      throw new InputException(
          "Cannot read %s: a row group is said to have %d rows (must be 0 to %d)"
              .formatted(location, rows, Integer.MAX_VALUE));
    }
    return (int) rows;
  }

  /** Gives the values of the wanted rows of a row group, in order; none may be null. */
  public void values(int group, ParquetColumn column, IntPredicate wanted, Values taker)
      throws IOException {
    reader.setRequestedSchema(column.schema());
    requireModest(group, column);
    PageReadStore pages = reader.readRowGroup(group);
    long rows = pages.getRowCount();
    long values = pages.getPageReader(column.descriptor()).getTotalValueCount();
    if (values != rows) {
      throw new IOException(
          "row group %d has %d rows and %d values in column %s"
              .formatted(group, rows, values, name(column)));
    }
    ColumnReader cells = cells(pages, column);
    for (int row = 0; row < rows; row++) {
      take(row, column, wanted, cells, taker);
      cells.consume();
    }
  }

  /** Gives the lists of numbers of the wanted rows of a row group, in order; none may be empty. */
  public void lists(int group, ParquetColumn column, IntPredicate wanted, Lists taker)
      throws IOException {
    reader.setRequestedSchema(column.schema());
    requireModest(group, column);
    PageReadStore pages = reader.readRowGroup(group);
    ColumnReader cells = cells(pages, column);
    long values = pages.getPageReader(column.descriptor()).getTotalValueCount();
    ParquetList list = new ParquetList(cells, values, name(column));
    long rows = pages.getRowCount();
    for (int row = 0; row < rows; row++) {
      if (wanted.test(row)) {
        taker.take(row, list.next());
      } else {
        list.skip();
      }
    }
  }

  private static void take(
      int row, ParquetColumn column, IntPredicate wanted, ColumnReader cells, Values values)
      throws IOException {
    boolean present =
        cells.getCurrentDefinitionLevel() == column.descriptor().getMaxDefinitionLevel();
    if (wanted.test(row)) {
      if (!present) {
        throw new IOException("a row has no value in column " + name(column));
      }
      values.take(row, cells);
    } else if (present) {
      cells.skip();
    }
  }

  private void requireModest(int group, ParquetColumn column) {
    for (ColumnChunkMetaData chunk : reader.getRowGroups().get(group).getColumns()) {
      boolean asked = chunk.getPath().equals(ColumnPath.get(column.descriptor().getPath()));
      if (asked && (chunk.getTotalSize() < 0 || chunk.getTotalSize() > LONGEST_CHUNK)) {
        throw new InputException(
            "Cannot read %s: column %s takes %d bytes in row group %d (must be at most %d: write it with smaller row groups)"
                .formatted(location, name(column), chunk.getTotalSize(), group, LONGEST_CHUNK));
      }
    }
  }

  private ColumnReader cells(PageReadStore pages, ParquetColumn column) {
    return new ColumnReadStoreImpl(
            pages,
            new GroupRecordConverter(column.schema()).getRootConverter(),
            column.schema(),
            reader.getFileMetaData().getCreatedBy())
        .getColumnReader(column.descriptor());
  }

  private static String name(ParquetColumn column) {
    return String.join(".", column.descriptor().getPath());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
