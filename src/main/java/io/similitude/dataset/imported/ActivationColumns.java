package io.similitude.dataset.imported;

import static java.util.stream.Collectors.joining;

import io.similitude.dataset.parquet.ParquetColumn;
import io.similitude.input.InputException;
import java.util.Optional;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** The columns of a table of activations that identify its rows. Other columns do not matter. */
record ActivationColumns(
    ParquetColumn layer, ParquetColumn position, ParquetColumn example, ParquetColumn features) {

  /**
   * The columns of a file.
   *
   * @throws InputException if one is missing or has another type
   */
  static ActivationColumns of(String location, MessageType schema) {
    return new ActivationColumns(
        column(location, schema, "layer", "text", ParquetColumn.texts(schema, "layer")),
        column(
            location, schema, "position", "integers", ParquetColumn.integers(schema, "position")),
        column(
            location,
            schema,
            "example_id",
            "integers",
            ParquetColumn.integers(schema, "example_id")),
        column(
            location,
            schema,
            "features",
            "lists of float or double",
            ParquetColumn.lists(schema, "features")));
  }

  private static ParquetColumn column(
      String location,
      MessageType schema,
      String name,
      String type,
      Optional<ParquetColumn> column) {
    return column.orElseThrow(
        () ->
            new InputException(
                "Cannot read activations of %s: it has no column %s of %s (its columns: %s; data-schemas/activations.sql has what is wanted)"
                    .formatted(
                        location,
                        name,
                        type,
                        schema.getFields().stream().map(Type::getName).collect(joining(", ")))));
  }
}
