package io.similitude.store;

import io.similitude.similarity.Measure;
import io.similitude.similarity.Similarity;
import io.similitude.similarity.SimilarityRow;
import io.similitude.similarity.Site;
import io.similitude.similarity.Status;
import java.util.Objects;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** The rows of {@link Table#SIMILARITIES}: what does not exist is null there. */
public final class SimilarityRows {
  private SimilarityRows() {}

  /**
   * A row of {@link Tables#open}; its columns are found by name.
   *
   * @throws IllegalArgumentException if value and status disagree, or the status is unknown
   */
  public static SimilarityRow decode(Row row) {
    return new SimilarityRow(
        new Measure(
            row.getAs("metric"),
            part(row, "kernel"),
            part(row, "estimator"),
            part(row, "bias"),
            part(row, "parameters")),
        site(row, "a"),
        site(row, "b"),
        new Similarity(
            number(row, "value"),
            number(row, "standard_error"),
            Status.labelled(row.getAs("status"))),
        row.<Long>getAs("examples"),
        row.<Integer>getAs("batches"));
  }

  static InternalRow encode(SimilarityRow row) {
    Measure measure = row.measure();
    Site a = row.a();
    Site b = row.b();
    Similarity similarity = row.similarity();
    return new GenericInternalRow(
        new Object[] {
          UTF8String.fromString(measure.metric()),
          part(measure.kernel()),
          part(measure.estimator()),
          part(measure.bias()),
          UTF8String.fromString(a.checkpoint()),
          UTF8String.fromString(a.view()),
          UTF8String.fromString(a.layer()),
          a.position(),
          UTF8String.fromString(b.checkpoint()),
          UTF8String.fromString(b.view()),
          UTF8String.fromString(b.layer()),
          b.position(),
          number(similarity.value()),
          number(similarity.standardError()),
          row.examples(),
          row.batches(),
          UTF8String.fromString(similarity.status().label()),
          part(measure.parameters())
        });
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

  private static UTF8String part(String part) {
    return part.isEmpty() ? null : UTF8String.fromString(part);
  }

  private static OptionalDouble number(Row row, String column) {
    Double number = row.getAs(column);
    return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  private static Double number(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }
}
