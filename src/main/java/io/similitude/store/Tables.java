package io.similitude.store;

import io.similitude.store.row.GroupRow;
import io.similitude.store.row.RowChoice;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.parquet.example.data.Group;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a run's tables, with the columns of their schema files. On the driver only. Small
 * tables are read in this process: Spark SQL alone takes seconds to start. Large tables are Spark
 * data sets.
 *
 * <p>The schema is given, not inferred, so ids stay strings. A plain {@code spark.read.parquet} of
 * a folder returns the id 007 as the number 7, unless {@code
 * spark.sql.sources.partitionColumnTypeInference.enabled} is false; in DuckDB the setting is {@code
 * hive_types_autocast = false}.
 */
public final class Tables {
  /**
   * The bytes of files that one process reads in about two seconds. Similarities take 40 bytes a
   * row, so these are 400,000 rows, or 150 MB in memory.
   */
  private static final long SMALL_BYTES = 16L << 20;

  private final Supplier<SparkSession> spark;
  private final RunFolder run;
  private final long smallBytes;

  /**
   * @param spark gives the session; it is asked only when a table is not small
   */
  public Tables(Supplier<SparkSession> spark, RunFolder run) {
    this(spark, run, SMALL_BYTES);
  }

  /**
   * @param smallBytes the largest size of a table that this process reads itself
   */
  Tables(Supplier<SparkSession> spark, RunFolder run, long smallBytes) {
    this.spark = spark;
    this.run = run;
    this.smallBytes = smallBytes;
  }

  /** All rows of a table, in no particular order. There are none if the run has no such table. */
  public Dataset<Row> open(Table table) throws IOException {
    if (!run.storage().hasFolder(table.folder())) {
      return spark.get().createDataFrame(List.of(), table.schema());
    }
    return spark
        .get()
        .read()
        .schema(table.schema())
        .parquet(literally(run.location() + "/" + table.folder()))
        .select(columns(table.schema().fieldNames()));
  }

  /** The chosen rows of a table, in no particular order. */
  public Dataset<Row> open(Table table, RowChoice choice) throws IOException {
    Dataset<Row> rows = open(table).filter(choice.condition());
    return choice.columns().isEmpty()
        ? rows
        : rows.select(columns(choice.columns().toArray(new String[0])));
  }

  /** Whether a table is small enough for {@link #read}. */
  public boolean isSmall(Table table) throws IOException {
    long bytes = run.listing().tableFiles(table).values().stream().mapToLong(it -> it).sum();
    return bytes <= smallBytes;
  }

  /**
   * Reads the chosen rows of a table in this process, one file after the other. Files whose path
   * says that they hold none are not opened.
   *
   * @param decode makes a value from a row; the columns of the row are found by name
   * @throws DamagedFile if a file is damaged
   */
  public <T> List<T> read(Table table, RowChoice choice, Function<Row, T> decode)
      throws IOException {
    StructType schema = schema(table, choice);
    List<T> read = new ArrayList<>();
    for (String path : run.listing().tableFiles(table).keySet()) {
      Map<String, String> partition = partition(path);
      if (!choice.mayBeIn(partition)) {
        continue;
      }
      List<String> columns =
          Arrays.stream(schema.fieldNames()).filter(it -> !partition.containsKey(it)).toList();
      try (TableReader<Group> rows =
          TableReader.ofColumns(run.storage(), TableFile.at(path), columns)) {
        for (Group group = rows.next(); group != null; group = rows.next()) {
          Row row = GroupRow.decode(group, schema, partition);
          if (choice.matches(row)) {
            read.add(decode.apply(row));
          }
        }
      }
    }
    return read;
  }

  /** The chosen rows of a table, few of them, in no particular order. */
  public List<Row> rows(Table table, RowChoice choice) throws IOException {
    return isSmall(table)
        ? read(table, choice, Function.identity())
        : open(table, choice).collectAsList();
  }

  /**
   * Makes one result from all chosen rows with the same key, in no particular order. For a large
   * table the executors do it, and only the results come to the driver.
   */
  public <T extends Serializable> List<T> group(
      Table table,
      RowChoice choice,
      MapFunction<Row, String> key,
      MapGroupsFunction<String, Row, T> result,
      Class<T> type)
      throws IOException {
    if (isSmall(table)) {
      return group(read(table, choice, Function.identity()), key, result);
    }
    return open(table, choice)
        .groupByKey(key, Encoders.STRING())
        .mapGroups(result, Encoders.javaSerialization(type))
        .collectAsList();
  }

  private static <T> List<T> group(
      List<Row> rows, MapFunction<Row, String> key, MapGroupsFunction<String, Row, T> result)
      throws IOException {
    try {
      Map<String, List<Row>> groups = new LinkedHashMap<>();
      for (Row row : rows) {
        groups.computeIfAbsent(key.call(row), it -> new ArrayList<>()).add(row);
      }
      List<T> results = new ArrayList<>();
      for (Map.Entry<String, List<Row>> group : groups.entrySet()) {
        results.add(result.call(group.getKey(), group.getValue().iterator()));
      }
      return results;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The columns of the chosen rows, in the order of the choice. */
  private static StructType schema(Table table, RowChoice choice) {
    return choice.columns().isEmpty()
        ? table.schema()
        : new StructType(
            choice.columns().stream()
                .map(name -> table.schema().apply(name))
                .toArray(StructField[]::new));
  }

  /** The columns that are in the path of a file: {@code table/checkpoint=a/view=b/file}. */
  private static Map<String, String> partition(String path) {
    Map<String, String> partition = new LinkedHashMap<>();
    for (String folder : path.split("/", -1)) {
      int equals = folder.indexOf('=');
      if (equals > 0) {
        partition.put(folder.substring(0, equals), folder.substring(equals + 1));
      }
    }
    return partition;
  }

  private static Column[] columns(String[] names) {
    return Arrays.stream(names).map(functions::col).toArray(Column[]::new);
  }

  /** Escapes characters of a path that Spark would read as wildcards. */
  private static String literally(String path) {
    return path.replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
  }
}
