package io.similitude.store;

import io.similitude.similarity.table.Site;
import io.similitude.store.page.ListColumn;
import io.similitude.store.page.NumberColumn;
import io.similitude.store.page.PageColumn;
import io.similitude.store.page.WordColumn;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Writes a file of a table, page by page. For millions of rows, or for long lists, the writer of
 * Spark and Parquet takes most of its time to handle each value by itself. The file's schema and
 * footer are those of Spark's writer.
 *
 * <p>The values of a row come one after the other, in the order of the schema. Then the row ends.
 */
final class PagedFile implements AutoCloseable {
  private static final int ROWS_OF_A_PAGE = 1 << 14;

  /** A page of lists ends with the row that reaches this size. */
  private static final long BYTES_OF_A_PAGE = 1L << 20;

  /** A row group with lists ends with the page that reaches this size. */
  private static final long BYTES_OF_A_GROUP = 16L << 20;

  /** Rows of a row group: about 16 MiB, which is in memory until the group is written. */
  private static final int ROWS_OF_A_GROUP = 1 << 18;

  private final PendingFile file;
  private final ParquetFileWriter out;
  private final MessageType schema;
  private final Map<String, String> metadata;
  private final ByteBufferAllocator memory = new HeapByteBufferAllocator();
  private final CodecFactory codecs = new CodecFactory(new Configuration(false), 0);
  private final List<PageColumn> columns = new ArrayList<>();
  private ColumnChunkPageWriteStore pages;
  private int row;
  private int column;
  private long rowsOfGroup;

  /** The bytes of the lists, which are the only large values. */
  private long bytesOfPage;

  private long bytesOfGroup;
  private boolean isEnded;

  PagedFile(Table table, PendingFile file, Map<String, String> metadata) throws IOException {
    this.file = file;
    var context = TableWriter.sparkContext(table);
    this.schema = context.getSchema();
    this.metadata = new HashMap<>(context.getExtraMetaData());
    this.metadata.putAll(metadata);
    schema.getColumns().forEach(it -> columns.add(column(it)));
    this.out = TableWriter.fileWriter(file, schema);
    out.start();
    startGroup();
  }

  private PageColumn column(ColumnDescriptor it) {
    if (it.getMaxRepetitionLevel() > 0) {
      return new ListColumn(it, ROWS_OF_A_PAGE, memory);
    }
    return it.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE
        ? new NumberColumn(it, ROWS_OF_A_PAGE, memory)
        : new WordColumn(it, ROWS_OF_A_PAGE, memory);
  }

  /**
   * Adds the next value of the row: a String, an Integer or a Long that repeats in other rows.
   *
   * @param word null where there is none
   */
  void word(Object word) {
    ((WordColumn) columns.get(column++)).set(row, word);
  }

  /** Adds the next four values of the row, which name a site. */
  void site(Site site) {
    word(site.checkpoint());
    word(site.view());
    word(site.layer());
    word(site.position());
  }

  /**
   * Adds the next value of the row.
   *
   * @param number NaN where there is none
   */
  void number(double number) {
    ((NumberColumn) columns.get(column++)).set(row, number);
  }

  /** Adds the next value of the row, a list. */
  void list(float[] list) {
    bytesOfPage += (long) list.length * Float.BYTES;
    ((ListColumn) columns.get(column++)).set(row, list);
  }

  /** Adds the next value of the row, a list. */
  void list(double[] list) {
    bytesOfPage += (long) list.length * Double.BYTES;
    ((ListColumn) columns.get(column++)).set(row, list);
  }

  /** Adds the next value of the row, a list. */
  void list(int[] list) {
    bytesOfPage += (long) list.length * Integer.BYTES;
    ((ListColumn) columns.get(column++)).set(row, list);
  }

  void endRow() throws IOException {
    column = 0;
    row++;
    if (row == ROWS_OF_A_PAGE || bytesOfPage >= BYTES_OF_A_PAGE) {
      endPage();
    }
  }

  private void startGroup() {
    BytesInputCompressor codec =
        (BytesInputCompressor) codecs.getCompressor(CompressionCodecName.ZSTD);
    int truncated = ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH;
    pages = new ColumnChunkPageWriteStore(codec, schema, memory, truncated, true);
  }

  private void endPage() throws IOException {
    try {
      for (PageColumn each : columns) {
        each.write(row, pages.getPageWriter(each.descriptor()));
      }
      rowsOfGroup += row;
      bytesOfGroup += bytesOfPage;
      row = 0;
      bytesOfPage = 0;
      if (rowsOfGroup >= ROWS_OF_A_GROUP || bytesOfGroup >= BYTES_OF_A_GROUP) {
        endGroup();
        startGroup();
      }
    } catch (IOException e) {
      throw TableWriter.failed(file, e);
    }
  }

  private void endGroup() throws IOException {
    for (PageColumn each : columns) {
      each.end(pages.getPageWriter(each.descriptor()));
    }
    out.startBlock(rowsOfGroup);
    pages.flushToFileWriter(out);
    out.endBlock();
    pages.close();
    rowsOfGroup = 0;
    bytesOfGroup = 0;
  }

  /** Ends the file and moves it to its final place. If a file is there already, it stays. */
  void publish() throws IOException {
    stage();
    file.publish();
  }

  /** Ends the file. No reader sees it yet. */
  void stage() throws IOException {
    if (row > 0) {
      endPage();
    }
    try {
      if (rowsOfGroup > 0) {
        endGroup();
      }
      out.end(metadata);
    } catch (IOException e) {
      throw TableWriter.failed(file, e);
    }
    release();
  }

  /** Leaves no file if it was not published. */
  @Override
  public void close() throws IOException {
    release();
    file.drop();
  }

  private void release() throws IOException {
    if (!isEnded) {
      isEnded = true;
      pages.close();
      codecs.release();
      out.close();
    }
  }
}
