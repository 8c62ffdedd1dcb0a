package io.similitude.store;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import io.similitude.store.page.NumberColumn;
import io.similitude.store.page.PageColumn;
import io.similitude.store.page.WordColumn;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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
 * Writes a file of {@link Table#SIMILARITIES}, page by page. There are millions of rows, and
 * Parquet's own writer takes most of its time to find each text of each row in a dictionary. The
 * file's schema and footer are those of Spark's writer. A value that does not exist is null.
 */
final class SimilarityFile implements AutoCloseable {
  private static final int ROWS_OF_A_PAGE = 1 << 14;

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
  private boolean isEnded;

  SimilarityFile(PendingFile file, Map<String, String> metadata) throws IOException {
    this.file = file;
    var context = TableWriter.sparkContext(Table.SIMILARITIES);
    this.schema = context.getSchema();
    this.metadata = new HashMap<>(context.getExtraMetaData());
    this.metadata.putAll(metadata);
    schema.getColumns().forEach(it -> columns.add(column(it)));
    this.out = TableWriter.fileWriter(file, schema);
    out.start();
    startGroup();
  }

  private PageColumn column(ColumnDescriptor it) {
    return it.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE
        ? new NumberColumn(it, ROWS_OF_A_PAGE, memory)
        : new WordColumn(it, ROWS_OF_A_PAGE, memory);
  }

  /** Adds a row. Its values are written in the order of the schema. */
  void add(SimilarityRow added) throws IOException {
    column = 0;
    MeasureColumns measure = added.measure();
    word(measure.metric());
    part(measure.kernel());
    part(measure.estimator());
    part(measure.bias());
    site(added.a());
    site(added.b());
    number(added.similarity().value());
    number(added.similarity().standardError());
    word(added.examples());
    word(added.batches());
    word(added.similarity().status().label());
    part(measure.parameters());
    evidence(added.evidence());
    row++;
    if (row == ROWS_OF_A_PAGE) {
      endPage();
    }
  }

  private void site(Site site) {
    word(site.checkpoint());
    word(site.view());
    word(site.layer());
    word(site.position());
  }

  private void evidence(Significance evidence) {
    number(evidence.jackknifeError());
    number(evidence.zScore());
    number(evidence.pValue());
  }

  private void part(String part) {
    word(part.isEmpty() ? null : part);
  }

  private void word(Object word) {
    ((WordColumn) columns.get(column++)).set(row, word);
  }

  private void number(OptionalDouble number) {
    ((NumberColumn) columns.get(column++)).set(row, number.orElse(Double.NaN));
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
      row = 0;
      if (rowsOfGroup >= ROWS_OF_A_GROUP) {
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
  }

  /** Ends the file and moves it to its final place. If a file is there already, it stays. */
  void publish() throws IOException {
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
    file.publish();
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
