package io.similitude.store;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.significance.QValues;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;

/**
 * Writes a part of the similarities again, with the q-values of the whole table in their column.
 * That column is computed. The bytes of all other columns are copied unchanged.
 */
final class QValueColumn {
  private static final String NAME = "q_value";

  private final RunStorage storage;
  private final TableFile part;
  private final Map<MeasureColumns, QValues> table;
  private final CodecFactory codecs = new CodecFactory(new Configuration(false), 0);
  private final ParquetProperties properties =
      ParquetProperties.builder().withDictionaryEncoding(false).build();

  QValueColumn(RunStorage storage, TableFile part, Map<MeasureColumns, QValues> table) {
    this.storage = storage;
    this.part = part;
    this.table = table;
  }

  /** Writes the whole part. */
  void write(PendingFile to) throws IOException {
    try (PValueColumn pValues = new PValueColumn(storage, part);
        ParquetFileReader from =
            ParquetFileReader.open(storage.input(part.path()), storage.readOptions().build());
        SeekableInputStream bytes = storage.input(part.path()).newStream();
        ParquetFileWriter out = TableWriter.fileWriter(to, from.getFileMetaData().getSchema())) {
      out.start();
      for (BlockMetaData rows : from.getRowGroups()) {
        out.startBlock(rows.getRowCount());
        writeRowGroup(from, bytes, rows, pValues, out);
        out.endBlock();
      }
      out.end(from.getFileMetaData().getKeyValueMetaData());
    } finally {
      codecs.release();
    }
  }

  private void writeRowGroup(
      ParquetFileReader from,
      SeekableInputStream bytes,
      BlockMetaData rows,
      PValueColumn pValues,
      ParquetFileWriter out)
      throws IOException {
    MessageType schema = from.getFileMetaData().getSchema();
    for (ColumnChunkMetaData column : rows.getColumns()) {
      String[] name = column.getPath().toArray();
      if (name[0].equals(NAME)) {
        writeColumn(schema, pValues, out);
      } else {
        out.appendColumnChunk(
            schema.getColumnDescription(name),
            bytes,
            column,
            null,
            from.readColumnIndex(column),
            from.readOffsetIndex(column));
      }
    }
  }

  private void writeColumn(MessageType schema, PValueColumn pValues, ParquetFileWriter out)
      throws IOException {
    MessageType alone = new MessageType(schema.getName(), List.of(schema.getType(NAME)));
    ColumnDescriptor descriptor = alone.getColumns().get(0);
    int present = descriptor.getMaxDefinitionLevel();
    try (ColumnChunkPageWriteStore pages =
            new ColumnChunkPageWriteStore(
                (BytesInputCompressor) codecs.getCompressor(CompressionCodecName.ZSTD),
                alone,
                new HeapByteBufferAllocator(),
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                true);
        ColumnWriteStore store = properties.newColumnWriteStore(alone, pages);
        ColumnWriter column = store.getColumnWriter(descriptor)) {
      pValues.next(
          (measure, p, length) -> {
            double[] q = qValues(measure, p, length);
            for (int row = 0; row < length; row++) {
              if (Double.isNaN(q[row])) {
                column.writeNull(0, present - 1);
              } else {
                column.write(q[row], 0, present);
              }
              store.endRecord();
            }
          });
      store.flush();
      pages.flushToFileWriter(out);
    }
  }

  /** The q-values of rows. A measure without any p-value is not in the table. */
  private double[] qValues(MeasureColumns measure, double[] pValues, int length) {
    QValues known = table.get(measure);
    if (known != null) {
      return known.of(pValues, length);
    }
    double[] none = new double[length];
    Arrays.fill(none, Double.NaN);
    return none;
  }
}
