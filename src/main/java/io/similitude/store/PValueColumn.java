package io.similitude.store;

import io.similitude.similarity.Measure;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.io.api.Binary;

/** The p-values of one part of the similarities, row by row, and the measures that they are of. */
final class PValueColumn implements AutoCloseable {
  private static final List<String> MEASURE =
      List.of("metric", "kernel", "estimator", "bias", "parameters");
  private static final String NUMBER = "p_value";
  private static final List<String> COLUMNS =
      List.of("metric", "kernel", "estimator", "bias", "parameters", NUMBER);

  private final TableReader file;
  private final Binary[] words = new Binary[MEASURE.size()];
  private Measure measure;

  PValueColumn(Storage storage, TableFile part) throws IOException {
    this.file = new TableReader(storage, part, FilterCompat.NOOP, COLUMNS);
  }

  TableReader file() {
    return file;
  }

  /** What is done with each row; a p-value that does not exist is NaN. */
  @FunctionalInterface
  interface Rows {
    void row(Measure measure, double pValue);
  }

  /** Goes through the next row group; false when there is none. */
  boolean next(Rows rows) throws IOException {
    TableReader.Columns columns = file.nextColumns();
    if (columns == null) {
      return false;
    }
    try {
      ColumnReader[] names = MEASURE.stream().map(columns::column).toArray(ColumnReader[]::new);
      ColumnReader number = columns.column(NUMBER);
      for (long row = 0; row < columns.rows(); row++) {
        readMeasure(names);
        rows.row(measure, isNull(number) ? Double.NaN : number.getDouble());
        number.consume();
      }
    } catch (RuntimeException e) {
      throw file.damaged(e.getMessage(), e);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Rows of one measure mostly follow each other, and share the words of a dictionary. */
  private void readMeasure(ColumnReader[] names) {
    boolean isSame = measure != null;
    for (int i = 0; i < names.length; i++) {
      Binary word = isNull(names[i]) ? Binary.EMPTY : names[i].getBinary();
      isSame &= word.equals(words[i]);
      words[i] = word;
      names[i].consume();
    }
    if (!isSame) {
      String[] text = Arrays.stream(words).map(Binary::toStringUsingUTF8).toArray(String[]::new);
      measure = new Measure(text[0], text[1], text[2], text[3], text[4]);
    }
  }

  private static boolean isNull(ColumnReader column) {
    return column.getCurrentDefinitionLevel() < column.getDescriptor().getMaxDefinitionLevel();
  }
}
