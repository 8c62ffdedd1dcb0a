package io.similitude.store.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;

/** A column of float64 numbers that rarely repeat. A page holds them one after the other. */
public final class NumberColumn extends FlatColumn {
  private final double[] page;

  public NumberColumn(ColumnDescriptor descriptor, int rows, ByteBufferAllocator memory) {
    super(descriptor, memory);
    this.page = new double[rows];
  }

  /**
   * Sets the value of a row.
   *
   * @param number NaN where there is none
   */
  public void set(int row, double number) {
    page[row] = number;
  }

  @Override
  boolean isPresent(int row) {
    return !Double.isNaN(page[row]);
  }

  @Override
  Encoding encoding() {
    return Encoding.PLAIN;
  }

  @Override
  BytesInput values(int rows) {
    ByteBuffer bytes = ByteBuffer.allocate(rows * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows; row++) {
      if (isPresent(row)) {
        bytes.putDouble(page[row]);
      }
    }
    return BytesInput.from(bytes.flip());
  }

  @Override
  void addTo(Statistics<?> statistics, int rows) {
    Extremes extremes = new Extremes();
    for (int row = 0; row < rows; row++) {
      if (isPresent(row)) {
        extremes.add(page[row]);
      }
    }
    extremes.addTo(statistics);
  }

  @Override
  public void end(PageWriter out) {}
}
