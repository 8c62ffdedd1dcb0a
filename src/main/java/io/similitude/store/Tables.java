package io.similitude.store;

import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A run's tables as Spark data sets, with the columns of their schema files. On the driver only.
 *
 * <p>The schema is given, not inferred, so ids stay strings. A plain {@code spark.read.parquet} of
 * a folder returns the id 007 as the number 7, unless {@code
 * spark.sql.sources.partitionColumnTypeInference.enabled} is false; in DuckDB the setting is {@code
 * hive_types_autocast = false}.
 */
public final class Tables {
  private final SparkSession spark;
  private final RunFolder run;

  public Tables(SparkSession spark, RunFolder run) {
    this.spark = spark;
    this.run = run;
  }

  /** All rows of a table, in no particular order. There are none if the run has no such table. */
  public Dataset<Row> open(Table table) throws IOException {
    if (!run.storage().hasFolder(table.folder())) {
      return spark.createDataFrame(List.of(), table.schema());
    }
    return spark
        .read()
        .schema(table.schema())
        .parquet(literally(run.location() + "/" + table.folder()))
        .select(columns(table));
  }

  private static Column[] columns(Table table) {
    return Arrays.stream(table.schema().fieldNames()).map(functions::col).toArray(Column[]::new);
  }

  /** Escapes characters of a path that Spark would read as wildcards. */
  private static String literally(String path) {
    return path.replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
  }
}
