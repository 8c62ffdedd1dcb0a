package io.similitude.store;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.significance.QValues;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import io.similitude.store.row.Table;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;

/** The rows of {@link Table#SIMILARITIES}. A value that does not exist is null. */
public final class SimilarityRows {
  private SimilarityRows() {}

  /**
   * A row of {@link Tables#open}; its columns are found by name.
   *
   * @param qValues of the whole table, by measure; a row without one has no q-value
   * @throws IllegalArgumentException if value and status disagree, or the status is unknown
   */
  public static SimilarityRow decode(Row row, Map<MeasureColumns, QValues> qValues) {
    MeasureColumns measure = MeasureFields.decode(row);
    OptionalDouble pValue = number(row, "p_value");
    return new SimilarityRow(
        measure,
        site(row, "a"),
        site(row, "b"),
        new MeasureValue(
            number(row, "value"),
            number(row, "standard_error"),
            Status.labelled(row.getAs("status"))),
        new Significance(
            number(row, "jackknife_error"),
            number(row, "z_score"),
            pValue,
            pValue.isPresent() && qValues.containsKey(measure)
                ? OptionalDouble.of(qValues.get(measure).of(pValue.getAsDouble()))
                : OptionalDouble.empty()),
        row.<Long>getAs("examples"),
        row.<Integer>getAs("batches"));
  }

  private static Site site(Row row, String side) {
    return new Site(
        row.getAs(side + "_checkpoint"),
        row.getAs(side + "_view"),
        row.getAs(side + "_layer"),
        row.<Integer>getAs(side + "_position"));
  }

  private static OptionalDouble number(Row row, String column) {
    Double number = row.getAs(column);
    return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
  }
}
