package io.similitude.store.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A column of lists of float32 numbers or of integers that rarely repeat. Every row has a list,
 * which may be empty, and a list has no nulls. A page holds for each entry whether a row begins
 * there, and whether there is a value, then all values one after the other.
 */
public final class ListColumn extends PageColumn {
  private static final int FIRST_VALUES = 1 << 12;

  private final boolean isOfFloats;
  private final int present;
  private final int[] ends;

  /** The bits of the values of all rows of the page. */
  private int[] bits = new int[FIRST_VALUES];

  private int length;

  /**
   * @param rows of a page, at most
   */
  public ListColumn(ColumnDescriptor descriptor, int rows, ByteBufferAllocator memory) {
    super(descriptor, memory);
    this.isOfFloats =
        descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT;
    this.present = descriptor.getMaxDefinitionLevel();
    this.ends = new int[rows];
  }

  /** Sets the list of a row. The rows of a page are set in their order. */
  public void set(int row, float[] list) {
    makeRoom(row, list.length);
    for (float value : list) {
      bits[length++] = Float.floatToRawIntBits(value);
    }
    ends[row] = length;
  }

  /** Sets the list of a row. The rows of a page are set in their order. */
  public void set(int row, int[] list) {
    makeRoom(row, list.length);
    System.arraycopy(list, 0, bits, length, list.length);
    length += list.length;
    ends[row] = length;
  }

  private void makeRoom(int row, int values) {
    length = row == 0 ? 0 : ends[row - 1];
    int needed = Math.addExact(length, values);
    if (needed > bits.length) {
      bits = Arrays.copyOf(bits, Math.max(needed, Math.min(2 * bits.length, bits.length + needed)));
    }
  }

  @Override
  public void write(int rows, PageWriter out) throws IOException {
    Statistics<?> statistics = Statistics.createStats(descriptor().getPrimitiveType());
    addTo(statistics, rows);
    int entries = 0;
    for (int row = 0; row < rows; row++) {
      entries += Math.max(1, size(row));
    }
    statistics.incrementNumNulls(entries - ends[rows - 1]);
    out.writePage(
        BytesInput.concat(levels(rows, 1, true), levels(rows, present, false), values(rows)),
        entries,
        rows,
        statistics,
        Encoding.RLE,
        Encoding.RLE,
        Encoding.PLAIN);
    length = 0;
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

  private BytesInput values(int rows) {
    int count = ends[rows - 1];
    ByteBuffer all =
        ByteBuffer.allocate(Math.multiplyExact(count, Integer.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    all.asIntBuffer().put(bits, 0, count);
    return BytesInput.from(all);
  }

  private void addTo(Statistics<?> statistics, int rows) {
    int count = ends[rows - 1];
    if (count > 0 && isOfFloats) {
      addFloats(statistics, count);
    } else if (count > 0) {
      statistics.updateStats(Arrays.stream(bits, 0, count).min().orElseThrow());
      statistics.updateStats(Arrays.stream(bits, 0, count).max().orElseThrow());
    }
  }

  /** Adds no extremes if there is a NaN, because Parquet does not define its place. */
  private void addFloats(Statistics<?> statistics, int count) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < count; k++) {
      float value = Float.intBitsToFloat(bits[k]);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (!Float.isNaN(least)) {
      // A reader may take zeros of both signs for one number.
      statistics.updateStats(least == 0 ? -0.0f : least);
      statistics.updateStats(most == 0 ? 0.0f : most);
    }
  }

  @Override
  public void end(PageWriter out) {}
}
