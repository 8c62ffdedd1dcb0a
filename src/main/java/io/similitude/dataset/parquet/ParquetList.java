package io.similitude.dataset.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** The lists of a column of floats or doubles, one row after the other. */
final class ParquetList {
  private static final int FIRST_ROOM = 16;

  private final ColumnReader cells;
  private final String name;
  private final boolean isDouble;
  private final long values;
  private long taken;
  private float[] room = new float[FIRST_ROOM];

  ParquetList(ColumnReader cells, long values, String name) {
    this.cells = cells;
    this.name = name;
    this.isDouble =
        cells.getDescriptor().getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE;
    this.values = values;
  }

  /** The next row's list. */
  float[] next() throws IOException {
    int length = 0;
    do {
      if (!isThere()) {
        throw new IOException("a row has no list in column " + name + ", or one with a gap");
      }
      if (length == room.length) {
        room = Arrays.copyOf(room, 2 * length);
      }
      room[length++] = isDouble ? (float) cells.getDouble() : cells.getFloat();
    } while (advance());
    return Arrays.copyOf(room, length);
  }

  /** Skips the next row. */
  void skip() throws IOException {
    do {
      if (isThere()) {
        cells.skip();
      }
    } while (advance());
  }

  private boolean isThere() throws IOException {
    if (taken == values) {
      throw new IOException("column " + name + " ends before its row group does");
    }
    return cells.getCurrentDefinitionLevel() == cells.getDescriptor().getMaxDefinitionLevel();
  }

  /** Whether the row has another value. */
  private boolean advance() {
    cells.consume();
    taken++;
    return taken < values && cells.getCurrentRepetitionLevel() > 0;
  }
}
