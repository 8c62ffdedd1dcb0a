package io.similitude.store;

import io.similitude.similarity.measure.MeasureColumns;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;

/**
 * The measures of a file's rows, from the five columns that name them. Most rows have the measure
 * of the row before.
 */
final class MeasureReader {
  private static final List<String> NAMES = MeasureFields.NAMES;

  private final Binary[] words = new Binary[NAMES.size()];
  private ColumnReader[] columns;
  private MeasureColumns measure;

  /** The columns of the measure and these ones. */
  static List<String> with(String... others) {
    return Stream.concat(NAMES.stream(), Stream.of(others)).toList();
  }

  /**
   * Begins a row group. If all its rows have the same words, the words are read once.
   *
   * @param rows the columns of the row group
   * @param group what the file's footer tells of it
   */
  void open(TableReader<Group>.Columns rows, BlockMetaData group) {
    columns = NAMES.stream().map(rows::column).toArray(ColumnReader[]::new);
    boolean isOne =
        group.getColumns().stream()
            .filter(chunk -> NAMES.contains(chunk.getPath().toDotString()))
            .allMatch(MeasureReader::isConstant);
    if (isOne) {
      next();
      columns = new ColumnReader[0];
    }
  }

  /** The measure of the next row. */
  MeasureColumns next() {
    boolean isSame = measure != null || columns.length == 0;
    for (int i = 0; i < columns.length; i++) {
      boolean isNull =
          columns[i].getCurrentDefinitionLevel()
              < columns[i].getDescriptor().getMaxDefinitionLevel();
      Binary word = isNull ? Binary.EMPTY : columns[i].getBinary();
      isSame &= word.equals(words[i]);
      words[i] = word;
      columns[i].consume();
    }
    if (!isSame) {
      String[] text = Arrays.stream(words).map(Binary::toStringUsingUTF8).toArray(String[]::new);
      measure = MeasureFields.of(text);
    }
    return measure;
  }

  private static boolean isConstant(ColumnChunkMetaData chunk) {
    Statistics<?> statistics = chunk.getStatistics();
    if (statistics == null || !statistics.isNumNullsSet()) {
      return false;
    }
    return statistics.hasNonNullValue()
        ? statistics.getNumNulls() == 0
            && Arrays.equals(statistics.getMinBytes(), statistics.getMaxBytes())
        : statistics.getNumNulls() == chunk.getValueCount();
  }
}
