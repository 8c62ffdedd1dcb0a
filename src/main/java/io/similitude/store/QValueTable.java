package io.similitude.store;

import io.similitude.files.Sha256;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.significance.PValues;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/**
 * The table {@link Table#Q_VALUES}: for each measure, the function from p-values to q-values, with
 * the counts of p-values that it follows from. So q-values can change without a change of any part
 * of the similarities.
 *
 * <p>It is one file. Its name identifies the parts of the similarities that it counts. So a listing
 * tells whether the similarities have their q-values, even after a crash.
 */
final class QValueTable {
  private static final String P_VALUE = "p_value";
  private static final String PAIRS = "pairs";
  private static final List<String> COLUMNS = MeasureReader.with(P_VALUE, PAIRS);

  private QValueTable() {}

  /**
   * The file that counts the p-values of these parts. It is empty if there are no parts.
   *
   * @param parts the paths of their files, relative to the run's folder
   */
  static Optional<TableFile> of(Collection<String> parts) {
    String folder = Table.Q_VALUES.folder();
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TableFile(folder, folder, Sha256.ofLines(parts.stream().sorted().toList())));
  }

  /** Writes the steps of each measure, in one order of the measures. */
  static void write(PagedFile out, Map<MeasureColumns, PValues> counted) throws IOException {
    Map<MeasureColumns, PValues> ordered =
        new TreeMap<>(Comparator.comparing(MeasureColumns::toString));
    ordered.putAll(counted);
    for (Entry<MeasureColumns, PValues> each : ordered.entrySet()) {
      String[] words = MeasureFields.words(each.getKey());
      each.getValue()
          .forEachStep(
              (pValue, count, qValue) -> {
                for (String word : words) {
                  out.word(word);
                }
                out.number(pValue);
                out.word(count);
                out.number(qValue);
                out.endRow();
              });
    }
  }

  /**
   * Reads the counts, by measure.
   *
   * @throws IOException if the file is not there or damaged
   */
  static Map<MeasureColumns, PValues> read(RunStorage storage, TableFile file) throws IOException {
    try (TableReader<Group> rows = TableReader.ofColumns(storage, file, COLUMNS)) {
      try {
        return counted(rows);
      } catch (RuntimeException e) {
        throw rows.damaged(e.getMessage(), e);
      }
    }
  }

  private static Map<MeasureColumns, PValues> counted(TableReader<Group> rows) throws IOException {
    Map<MeasureColumns, Steps> steps = new LinkedHashMap<>();
    MeasureReader measures = new MeasureReader();
    for (BlockMetaData group : rows.file().getRowGroups()) {
      TableReader<Group>.Columns columns = rows.nextColumns();
      measures.open(columns, group);
      ColumnReader pValue = columns.column(P_VALUE);
      ColumnReader pairs = columns.column(PAIRS);
      for (long row = 0; row < columns.rows(); row++) {
        steps
            .computeIfAbsent(measures.next(), it -> new Steps())
            .add(pValue.getDouble(), pairs.getLong());
        pValue.consume();
        pairs.consume();
      }
    }
    Map<MeasureColumns, PValues> counted = new LinkedHashMap<>();
    steps.forEach((measure, of) -> counted.put(measure, of.pValues()));
    return counted;
  }

  /** The steps of one measure, in the order of the file. */
  private static final class Steps {
    private static final int FEW = 1024;

    private double[] pValues = new double[FEW];
    private long[] pairs = new long[FEW];
    private int size;

    void add(double pValue, long count) {
      if (size == pValues.length) {
        pValues = Arrays.copyOf(pValues, 2 * size);
        pairs = Arrays.copyOf(pairs, 2 * size);
      }
      pValues[size] = pValue;
      pairs[size] = count;
      size++;
    }

    PValues pValues() {
      return PValues.ofCounts(Arrays.copyOf(pValues, size), Arrays.copyOf(pairs, size));
    }
  }
}
