package io.similitude.store;

import io.similitude.files.Sha256;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.significance.PValues;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The table {@link Table#Q_VALUES}: for each measure, the function from p-values to q-values, with
 * the counts of p-values that it follows from. So q-values can change without a change of any part
 * of the similarities.
 *
 * <p>It is one file. Its name identifies the parts of the similarities that it counts. So a listing
 * tells whether the similarities have their q-values, even after a crash.
 */
final class QValueTable {
  private static final List<String> MEASURE =
      List.of("metric", "kernel", "estimator", "bias", "parameters");

  private QValueTable() {}

  /**
   * The file that counts the p-values of these parts.
   *
   * @param parts the paths of their files, relative to the run's folder
   */
  static TableFile of(Collection<String> parts) {
    String folder = Table.Q_VALUES.folder();
    return new TableFile(folder, folder, Sha256.ofLines(parts.stream().sorted().toList()));
  }

  /** Writes the steps of each measure, in one order of the measures. */
  static void write(TableWriter out, Map<MeasureColumns, PValues> counted) throws IOException {
    Map<MeasureColumns, PValues> ordered =
        new TreeMap<>(Comparator.comparing(MeasureColumns::toString));
    ordered.putAll(counted);
    for (Entry<MeasureColumns, PValues> each : ordered.entrySet()) {
      MeasureColumns measure = each.getKey();
      UTF8String[] words = {
        UTF8String.fromString(measure.metric()),
        word(measure.kernel()),
        word(measure.estimator()),
        word(measure.bias()),
        word(measure.parameters())
      };
      each.getValue()
          .forEachStep(
              (pValue, count, qValue) ->
                  out.write(
                      new GenericInternalRow(
                          new Object[] {
                            words[0], words[1], words[2], words[3], words[4], pValue, count, qValue
                          })));
    }
  }

  /**
   * Reads the counts, by measure.
   *
   * @throws IOException if the file is not there or damaged
   */
  static Map<MeasureColumns, PValues> read(RunStorage storage, TableFile file) throws IOException {
    Map<MeasureColumns, List<Group>> steps = new LinkedHashMap<>();
    try (TableReader<Group> rows = TableReader.ofGroups(storage, file, FilterCompat.NOOP)) {
      for (Group row = rows.next(); row != null; row = rows.next()) {
        steps.computeIfAbsent(measure(row), it -> new ArrayList<>()).add(row);
      }
      Map<MeasureColumns, PValues> counted = new LinkedHashMap<>();
      steps.forEach(
          (measure, of) ->
              counted.put(
                  measure,
                  PValues.ofCounts(
                      of.stream().mapToDouble(row -> row.getDouble("p_value", 0)).toArray(),
                      of.stream().mapToLong(row -> row.getLong("pairs", 0)).toArray())));
      return counted;
    }
  }

  private static MeasureColumns measure(Group row) {
    List<String> words =
        MEASURE.stream()
            .map(it -> row.getFieldRepetitionCount(it) == 0 ? "" : row.getString(it, 0))
            .toList();
    return new MeasureColumns(words.get(0), words.get(1), words.get(2), words.get(3), words.get(4));
  }

  private static UTF8String word(String part) {
    return part.isEmpty() ? null : UTF8String.fromString(part);
  }
}
