package io.similitude.store.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.similitude.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The tables of a run. Each has its schema from {@code data-schemas/<table>.sql}. */
public enum Table {
  PREDICTIONS(2),
  LAYERS(1),
  ACTIVATIONS(2),
  INPUTS(2),
  GRAMS(2),
  TRAINING(1),
  SIMILARITIES,
  Q_VALUES,
  REPLICATES,
  FINDINGS,
  NETWORKS,
  CURVES,
  INFLUENCES,
  FAILURES;

  /** The tables to which a unit of extraction may add a file. */
  public static final Set<Table> OF_UNITS = Set.of(PREDICTIONS, ACTIVATIONS, INPUTS, GRAMS);

  /** Read when they are first needed: Spark's parser alone takes half a second to start. */
  private static final Map<Table, StructType> SCHEMAS = new ConcurrentHashMap<>();

  private final int partitions;

  Table() {
    this(0);
  }

  /**
   * @param partitions the number of first columns that are in the path and not in the files
   */
  Table(int partitions) {
    this.partitions = partitions;
  }

  /**
   * Returns the table with this name.
   *
   * @throws InputException if there is none; the message lists the known ones
   */
  public static Table named(String name) {
    return Arrays.stream(values())
        .filter(table -> table.folder().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException("Invalid table: " + name + " (must be one of " + names() + ")"));
  }

  /** The name of the table, which is also the name of its folder in a run. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All columns with their comments, in the order of the schema file. */
  public StructType schema() {
    return SCHEMAS.computeIfAbsent(this, table -> StructType.fromDDL(definition(table.folder())));
  }

  /** The columns in a file: all columns except the partition columns. */
  public StructType fileSchema() {
    StructField[] columns = schema().fields();
    return new StructType(Arrays.copyOfRange(columns, partitions, columns.length));
  }

  private static String names() {
    return Arrays.stream(values()).map(Table::folder).collect(joining(", "));
  }

  private static String definition(String name) {
    String resource = "/data-schemas/" + name + ".sql";
    try (InputStream in = Table.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "Cannot find the schema " + resource + " on the class path");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the schema " + resource, e);
    }
  }
}
