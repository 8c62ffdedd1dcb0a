package io.similitude.store.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A column of lists of numbers, float32 or float64, or of integers that rarely repeat. Every row
 * has a list, which may be empty, and a list has no nulls. A page holds for each entry whether a
 * row begins there, and whether there is a value, then all values one after the other.
 */
public final class ListColumn extends PageColumn {
  private static final int FIRST_BYTES = 1 << 14;

  private final PrimitiveTypeName type;
  private final int present;
  private final int[] ends;

  /** The values of all rows of the page, as they are written. */
  private ByteBuffer values = ByteBuffer.allocate(FIRST_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * @param rows of a page, at most
   */
  public ListColumn(ColumnDescriptor descriptor, int rows, ByteBufferAllocator memory) {
    super(descriptor, memory);
    this.type = descriptor.getPrimitiveType().getPrimitiveTypeName();
    this.present = descriptor.getMaxDefinitionLevel();
    this.ends = new int[rows];
  }

  /** Sets the list of a row. The rows of a page are set in their order. */
  public void set(int row, float[] list) {
    begin(row, list.length, Float.BYTES);
    values.asFloatBuffer().put(list);
    end(list.length, Float.BYTES);
  }

  /** Sets the list of a row. The rows of a page are set in their order. */
  public void set(int row, double[] list) {
    begin(row, list.length, Double.BYTES);
    values.asDoubleBuffer().put(list);
    end(list.length, Double.BYTES);
  }

  /** Sets the list of a row. The rows of a page are set in their order. */
  public void set(int row, int[] list) {
    begin(row, list.length, Integer.BYTES);
    values.asIntBuffer().put(list);
    end(list.length, Integer.BYTES);
  }

  private void begin(int row, int count, int size) {
    int length = Math.multiplyExact(count, size);
    if (row == 0) {
      values.clear();
    }
    ends[row] = (row == 0 ? 0 : ends[row - 1]) + count;
    if (length > values.remaining()) {
      int needed = Math.addExact(values.position(), length);
      int more = Math.max(needed, Math.min(2 * values.capacity(), values.capacity() + needed));
      ByteBuffer larger = ByteBuffer.allocate(more).order(ByteOrder.LITTLE_ENDIAN);
      values = larger.put(values.flip());
    }
  }

  private void end(int count, int size) {
    values.position(values.position() + count * size);
  }

  @Override
  public void write(int rows, PageWriter out) throws IOException {
    Statistics<?> statistics = Statistics.createStats(descriptor().getPrimitiveType());
    addTo(statistics);
    int entries = 0;
    for (int row = 0; row < rows; row++) {
      entries += Math.max(1, size(row));
    }
    statistics.incrementNumNulls(entries - ends[rows - 1]);
    out.writePage(
        BytesInput.concat(
            levels(rows, 1, true),
            levels(rows, present, false),
            BytesInput.from(values.duplicate().flip())),
        entries,
        rows,
        statistics,
        Encoding.RLE,
        Encoding.RLE,
        Encoding.PLAIN);
  }

  /** A number for each entry, in runs, after the number of their bytes. */
  private BytesInput levels(int rows, int most, boolean areOfRepetition) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        encoder(Integer.SIZE - Integer.numberOfLeadingZeros(most))) {
      for (int row = 0; row < rows; row++) {
        int size = size(row);
        encoder.writeInt(areOfRepetition || size == 0 ? 0 : most);
        for (int k = 1; k < size; k++) {
          encoder.writeInt(most);
        }
      }
      return withLength(encoder);
    }
  }

  private int size(int row) {
    return row == 0 ? ends[0] : ends[row] - ends[row - 1];
  }

  private void addTo(Statistics<?> statistics) {
    ByteBuffer all = values.duplicate().flip().order(ByteOrder.LITTLE_ENDIAN);
    Extremes extremes = new Extremes();
    if (type == PrimitiveTypeName.FLOAT) {
      while (all.hasRemaining()) {
        extremes.add(all.getFloat());
      }
    } else if (type == PrimitiveTypeName.DOUBLE) {
      while (all.hasRemaining()) {
        extremes.add(all.getDouble());
      }
    } else {
      while (all.hasRemaining()) {
        statistics.updateStats(all.getInt());
      }
    }
    extremes.addTo(statistics);
  }

  @Override
  public void end(PageWriter out) {}
}
