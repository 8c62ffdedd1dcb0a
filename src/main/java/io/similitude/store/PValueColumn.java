package io.similitude.store;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.significance.PValues;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.example.data.Group;

/** The p-values of one part of the similarities, in the order of its rows, with their measures. */
final class PValueColumn implements AutoCloseable {
  /** The largest number of rows in one call. So many fit into the cache of a core. */
  private static final int MOST = 1 << 13;

  private static final String NUMBER = "p_value";
  private static final List<String> COLUMNS = MeasureReader.with(NUMBER);

  private final TableReader<Group> file;
  private final double[] pValues = new double[MOST];
  private final MeasureReader measures = new MeasureReader();
  private MeasureColumns measure;
  private int rowGroup;

  PValueColumn(RunStorage storage, TableFile part) throws IOException {
    this.file = TableReader.ofColumns(storage, part, COLUMNS);
  }

  /**
   * Receives consecutive rows of one measure. A p-value that does not exist is NaN. Only the first
   * {@code length} numbers of the array are valid, and only until the next call.
   */
  @FunctionalInterface
  interface Rows {
    void rows(MeasureColumns measure, double[] pValues, int length);
  }

  /** Reads the next row group. Returns false if there is none. */
  boolean next(Rows rows) throws IOException {
    TableReader<Group>.Columns columns = file.nextColumns();
    if (columns == null) {
      return false;
    }
    try {
      measures.open(columns, file.file().getRowGroups().get(rowGroup++));
      ColumnReader number = columns.column(NUMBER);
      int length = 0;
      for (long row = 0; row < columns.rows(); row++) {
        MeasureColumns before = measure;
        measure = measures.next();
        if (length > 0 && (length == pValues.length || !measure.equals(before))) {
          rows.rows(before, pValues, length);
          length = 0;
        }
        pValues[length++] = isNull(number) ? Double.NaN : number.getDouble();
        number.consume();
      }
      rows.rows(measure, pValues, length);
    } catch (RuntimeException e) {
      throw file.damaged(e.getMessage(), e);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static boolean isNull(ColumnReader column) {
    return column.getCurrentDefinitionLevel() < column.getDescriptor().getMaxDefinitionLevel();
  }

  /** Gathers the p-values of one part of the similarities, a few million at a time. */
  static final class PartPValues {
    private static final int MOST = 1 << 21;

    private final Map<MeasureColumns, PValues> gathered = new HashMap<>();
    private double[] numbers = new double[1024];
    private int size;
    private MeasureColumns measure;

    private PartPValues() {}

    static Map<MeasureColumns, PValues> read(RunStorage storage, TableFile part)
        throws IOException {
      PartPValues pValues = new PartPValues();
      try (PValueColumn column = new PValueColumn(storage, part)) {
        while (column.next(pValues::add)) {
          // Nothing to do: the rows have been added.
        }
      }
      pValues.flush();
      return pValues.gathered;
    }

    private void add(MeasureColumns of, double[] pValues, int length) {
      if (size + length > MOST || !of.equals(measure)) {
        flush();
        measure = of;
      }
      if (size + length > numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.max(2 * numbers.length, size + length));
      }
      for (int i = 0; i < length; i++) {
        if (!Double.isNaN(pValues[i])) {
          numbers[size++] = pValues[i];
        }
      }
    }

    private void flush() {
      if (size > 0) {
        gathered.merge(measure, PValues.of(numbers, size), PValues::combine);
        size = 0;
      }
    }
  }
}
