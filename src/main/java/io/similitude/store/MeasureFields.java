package io.similitude.store;

import io.similitude.similarity.measure.MeasureColumns;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** The five columns that name a measure in every table about pairs. A part without text is null. */
public final class MeasureFields {
  public static final List<String> NAMES =
      List.of("metric", "kernel", "estimator", "bias", "parameters");

  private MeasureFields() {}

  /** The values of the columns, in the order of {@link #NAMES}; null is a part without text. */
  static String[] words(MeasureColumns measure) {
    return Stream.of(
            measure.metric(),
            measure.kernel(),
            measure.estimator(),
            measure.bias(),
            measure.parameters())
        .map(part -> part.isEmpty() ? null : part)
        .toArray(String[]::new);
  }

  /** The measure of a row of {@link Tables#open}. Its columns are found by name. */
  static MeasureColumns decode(Row row) {
    return of(NAMES.stream().map(row::<String>getAs).toArray(String[]::new));
  }

  /** The measure with these values, in the order of {@link #NAMES}; null is a part without text. */
  static MeasureColumns of(String[] values) {
    String[] parts =
        Stream.of(values)
            .map(value -> Objects.requireNonNullElse(value, ""))
            .toArray(String[]::new);
    return new MeasureColumns(parts[0], parts[1], parts[2], parts[3], parts[4]);
  }
}
