package io.similitude.store;

import io.similitude.store.page.PageMemory;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.compat.FilterCompat.Filter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/**
 * Reads the rows of one file of a table, without a Spark job and as strictly as Parquet allows: the
 * seal of the file and the checksum of every page are verified, and the footer must hold the
 * expected digest. Only the caller knows whether all rows are there.
 */
final class TableReader<T> implements AutoCloseable {
  private final String relative;
  private final String path;
  private final Filter filter;
  private final ParquetFileReader file;
  private final MessageType schema;
  private final Function<MessageType, RecordMaterializer<T>> materializer;
  private RecordReader<T> rows;
  private long rowsLeft;

  /**
   * The row group that {@link #nextColumns} read last. Its memory is used again after it. Null
   * before.
   */
  private PageReadStore pages;

  /**
   * @param filter chooses the rows; pages without chosen rows are not read from disk
   * @param materializer makes rows from columns, for the file's schema
   */
  TableReader(
      RunStorage storage,
      TableFile table,
      Filter filter,
      Function<MessageType, RecordMaterializer<T>> materializer)
      throws IOException {
    this(storage, table, filter, List.of(), materializer, new HeapByteBufferAllocator());
  }

  /**
   * @param columns the columns to read; if there are none, all columns are read
   * @param memory holds the pages of a row group
   */
  private TableReader(
      RunStorage storage,
      TableFile table,
      Filter filter,
      List<String> columns,
      Function<MessageType, RecordMaterializer<T>> materializer,
      ByteBufferAllocator memory)
      throws IOException {
    this.materializer = materializer;
    this.relative = table.path();
    this.path = storage.path(relative).toString();
    this.filter = filter;
    this.file = open(storage, table, memory);
    this.schema = checked(table, columns);
  }

  /** The schema of the columns that are read. Closes the file if it is not the expected one. */
  private MessageType checked(TableFile table, List<String> columns) throws IOException {
    try {
      String digest = file.getFileMetaData().getKeyValueMetaData().get(TableWriter.DIGEST_KEY);
      if (!table.digest().isEmpty() && !table.digest().equals(digest)) {
        throw damaged("it holds the digest " + digest + ", not " + table.digest(), null);
      }
      MessageType all = file.getFileMetaData().getSchema();
      MessageType wanted =
          columns.isEmpty()
              ? all
              : new MessageType(all.getName(), columns.stream().map(all::getType).toList());
      file.setRequestedSchema(wanted);
      return wanted;
    } catch (RuntimeException e) {
      file.close();
      throw damaged(e.getMessage(), e);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private ParquetFileReader open(RunStorage storage, TableFile table, ByteBufferAllocator memory)
      throws IOException {
    try {
      Seal.check(storage, relative);
      return ParquetFileReader.open(
          storage.input(table.path()),
          storage
              .readOptions()
              .usePageChecksumVerification()
              .withRecordFilter(filter)
              .withAllocator(memory)
              .build());
    } catch (RuntimeException e) {
      throw damaged(e.getMessage(), e);
    } catch (IOException e) {
      throw unread(e);
    }
  }

  /** A reader whose rows are Parquet's own groups. */
  static TableReader<Group> ofGroups(RunStorage storage, TableFile table, Filter filter)
      throws IOException {
    return new TableReader<>(storage, table, filter, GroupRecordConverter::new);
  }

  /** A reader for these columns of all rows. */
  static TableReader<Group> ofColumns(RunStorage storage, TableFile table, List<String> columns)
      throws IOException {
    return ofColumns(storage, table, columns, new HeapByteBufferAllocator());
  }

  /**
   * A reader for these columns of all rows. They must not be compressed. The pages lie in memory
   * that the thread uses again: do not keep them when the next row group is read or the reader is
   * closed.
   */
  static TableReader<Group> ofPlainColumns(
      RunStorage storage, TableFile table, List<String> columns) throws IOException {
    return ofColumns(storage, table, columns, PageMemory.ofThread());
  }

  private static TableReader<Group> ofColumns(
      RunStorage storage, TableFile table, List<String> columns, ByteBufferAllocator memory)
      throws IOException {
    return new TableReader<>(
        storage, table, FilterCompat.NOOP, columns, GroupRecordConverter::new, memory);
  }

  /** Reads the next row. Returns null after the last one. */
  T next() throws IOException {
    try {
      T row = read();
      while (row == null && openRowGroup()) {
        row = read();
      }
      return row;
    } catch (RuntimeException e) {
      throw damaged(e.getMessage(), e);
    } catch (IOException e) {
      throw unread(e);
    }
  }

  /**
   * Reads the columns of the next row group, without making rows. Returns null after the last one.
   */
  Columns nextColumns() throws IOException {
    try {
      closePages();
      pages = file.readNextRowGroup();
      return pages == null ? null : new Columns(pages);
    } catch (RuntimeException e) {
      throw damaged(e.getMessage(), e);
    } catch (IOException e) {
      throw unread(e);
    }
  }

  /** The file itself, for copying from it. */
  ParquetFileReader file() {
    return file;
  }

  /** The columns of a row group. Each can be read once, starting at its first value. */
  final class Columns {
    private final ColumnReadStoreImpl columns;
    private final long rows;

    Columns(PageReadStore pages) {
      this.rows = pages.getRowCount();
      this.columns =
          new ColumnReadStoreImpl(
              pages,
              new GroupRecordConverter(schema).getRootConverter(),
              schema,
              file.getFileMetaData().getCreatedBy());
    }

    long rows() {
      return rows;
    }

    ColumnReader column(String name) {
      return columns.getColumnReader(schema.getColumnDescription(new String[] {name}));
    }
  }

  /** The exception for this file. Its message has the name, the problem and what to do. */
  IOException damaged(String why, Exception cause) {
    return new DamagedFile(relative, path, why, cause);
  }

  /**
   * The exception for a failed read. Failures of the file system may be temporary, but some
   * failures of Parquet have the same type.
   */
  private IOException unread(IOException cause) {
    return cause instanceof DamagedFile
        ? cause
        : new IOException(
            "Cannot read %s: %s (run again; delete the file if it stays so)"
                .formatted(path, cause.getMessage()),
            cause);
  }

  @Override
  public void close() throws IOException {
    closePages();
    file.close();
  }

  private void closePages() {
    if (pages != null) {
      pages.close();
      pages = null;
    }
  }

  /** Reads a row. A filtered record reader returns null when all remaining rows are skipped. */
  private T read() {
    while (rowsLeft > 0) {
      rowsLeft--;
      T row = rows.read();
      if (row != null && !rows.shouldSkipCurrentRecord()) {
        return row;
      }
    }
    return null;
  }

  private boolean openRowGroup() throws IOException {
    PageReadStore pages = file.readNextFilteredRowGroup();
    if (pages == null) {
      return false;
    }
    rows =
        new ColumnIOFactory()
            .getColumnIO(schema)
            .getRecordReader(pages, materializer.apply(schema), filter);
    rowsLeft = pages.getRowCount();
    return true;
  }
}
