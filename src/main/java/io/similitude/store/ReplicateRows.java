package io.similitude.store;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.Site;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;

/** The rows of {@link Table#REPLICATES}: what does not exist is null there. */
public final class ReplicateRows {
  private ReplicateRows() {}

  /** A row of {@link Tables#open}; its columns are found by name. */
  public static ReplicateRow decode(Row row) {
    Double value = row.getAs("value");
    Status status = Status.labelled(row.getAs("status"));
    List<Double> without = row.getList(row.fieldIndex("without"));
    return new ReplicateRow(
        new MeasureColumns(
            row.getAs("metric"),
            part(row, "kernel"),
            part(row, "estimator"),
            part(row, "bias"),
            part(row, "parameters")),
        site(row, "a"),
        site(row, "b"),
        value == null ? MeasureValue.missing(status) : MeasureValue.withoutError(value),
        without.stream().mapToDouble(it -> it).toArray());
  }

  private static Site site(Row row, String side) {
    return new Site(
        row.getAs(side + "_checkpoint"),
        row.getAs(side + "_view"),
        row.getAs(side + "_layer"),
        row.<Integer>getAs(side + "_position"));
  }

  private static String part(Row row, String column) {
    return Objects.requireNonNullElse(row.getAs(column), "");
  }
}
