package io.similitude.store.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/** A column with at most one value a row. A page holds which rows have one, then the values. */
abstract class FlatColumn extends PageColumn {
  /** What a page says of its rows if all have a value. It is made once for each number of rows. */
  private byte[] allPresent = {};

  private int rowsOfAllPresent;

  FlatColumn(ColumnDescriptor descriptor, ByteBufferAllocator memory) {
    super(descriptor, memory);
  }

  /** Whether a row of the page has a value. */
  abstract boolean isPresent(int row);

  abstract Encoding encoding();

  /** The values of the first rows of the page. */
  abstract BytesInput values(int rows) throws IOException;

  /** Adds the values of the first rows of the page, or at least their extremes. */
  abstract void addTo(Statistics<?> statistics, int rows);

  @Override
  public void write(int rows, PageWriter out) throws IOException {
    Statistics<?> statistics = Statistics.createStats(descriptor().getPrimitiveType());
    addTo(statistics, rows);
    int absent = 0;
    for (int row = 0; row < rows; row++) {
      absent += isPresent(row) ? 0 : 1;
    }
    statistics.incrementNumNulls(absent);
    boolean isOptional = descriptor().getMaxDefinitionLevel() > 0;
    if (!isOptional && absent > 0) {
      throw new IllegalArgumentException(
          "Invalid row: it has no " + descriptor().getPath()[0] + " (every row must have one)");
    }
    // A page of nulls needs no dictionary, and a row group of nulls has none.
    boolean isEmpty = absent == rows;
    BytesInput values = isEmpty ? BytesInput.empty() : values(rows);
    out.writePage(
        isOptional ? BytesInput.concat(presence(rows, absent), values) : values,
        rows,
        rows,
        statistics,
        Encoding.RLE,
        Encoding.RLE,
        isEmpty ? Encoding.PLAIN : encoding());
  }

  private BytesInput presence(int rows, int absent) throws IOException {
    if (absent > 0) {
      return presence(rows);
    }
    if (rowsOfAllPresent != rows) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      presence(rows).writeAllTo(all);
      allPresent = all.toByteArray();
      rowsOfAllPresent = rows;
    }
    return BytesInput.from(allPresent);
  }

  /** A bit a row, in runs, after the number of their bytes. */
  private BytesInput presence(int rows) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder = encoder(1)) {
      for (int row = 0; row < rows; row++) {
        encoder.writeInt(isPresent(row) ? 1 : 0);
      }
      return withLength(encoder);
    }
  }
}
