package io.similitude.store.row;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Chooses some columns and some rows of a table. Spark and this process choose the same.
 *
 * @param columns the columns to read, in this order; empty: all of them
 * @param values for some columns, the values that a chosen row has one of
 */
public record RowChoice(List<String> columns, Map<String, Set<Object>> values) {
  public static final RowChoice ALL = new RowChoice(List.of(), Map.of());

  public RowChoice {
    columns = List.copyOf(columns);
    values = Map.copyOf(values);
    if (!columns.isEmpty() && !columns.containsAll(values.keySet())) {
      throw new IllegalArgumentException(
          "Invalid choice of rows: it depends on " + values.keySet() + ", but reads " + columns);
    }
  }

  /** All rows, with only these columns. */
  public static RowChoice ofColumns(String... columns) {
    return new RowChoice(List.of(columns), Map.of());
  }

  /** The same choice, of rows that have one of these values in the column. */
  public RowChoice with(String column, Collection<?> allowed) {
    Map<String, Set<Object>> more = new LinkedHashMap<>(values);
    Set<Object> set = Set.copyOf(allowed);
    more.merge(
        requireNonNull(column), set, (a, b) -> Set.copyOf(a.stream().filter(b::contains).toList()));
    return new RowChoice(columns, more);
  }

  /** The same choice, of rows about two sites of these checkpoints and views. */
  public RowChoice ofPairs(Collection<String> checkpoints, Collection<String> views) {
    RowChoice choice = this;
    for (String side : List.of("a_", "b_")) {
      choice = choice.with(side + "checkpoint", checkpoints).with(side + "view", views);
    }
    return choice;
  }

  /** The condition on the rows, for Spark. */
  public Column condition() {
    return values.entrySet().stream()
        .map(it -> functions.col(it.getKey()).isin(it.getValue().toArray()))
        .reduce(functions.lit(true), Column::and);
  }

  /** Whether a row is chosen. Its columns are found by name. */
  public boolean matches(Row row) {
    return values.entrySet().stream()
        .allMatch(
            it -> {
              Object value = row.getAs(it.getKey());
              return value != null && it.getValue().contains(value);
            });
  }

  /** Whether there can be chosen rows where these columns have these values. */
  public boolean mayBeIn(Map<String, String> partition) {
    return partition.entrySet().stream()
        .allMatch(
            it ->
                !values.containsKey(it.getKey())
                    || values.get(it.getKey()).contains(it.getValue()));
  }
}
