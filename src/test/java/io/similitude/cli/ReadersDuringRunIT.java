package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every table of a run, opened by other tools again and again from the run's first file to its end:
 * units are there whole, and once.
 */
@Timeout(300)
final class ReadersDuringRunIT {
  private static final int BATCH = 8;
  private static final int BATCHES = 10;
  private static final int CHECKPOINTS = 2;
  private static final long PAUSE_MILLIS = 1000;
  private static final int VIEWS = 2;
  private static final int SITES = CHECKPOINTS * VIEWS * TinySweep.LAYERS;

  /** What makes a unit of each table, and how many rows it has, each with another key. */
  private enum Shape {
    PREDICTIONS(Table.PREDICTIONS, "checkpoint, view, batch", "example_id", BATCH),
    INPUTS(Table.INPUTS, "checkpoint, view, batch", "example_id", BATCH),
    GRAMS(Table.GRAMS, "checkpoint, view, batch", "layer", TinySweep.LAYERS),
    ACTIVATIONS(
        Table.ACTIVATIONS,
        "checkpoint, view, batch",
        "layer || ' ' || example_id",
        TinySweep.LAYERS * BATCH),
    LAYERS(Table.LAYERS, "checkpoint", "layer", TinySweep.LAYERS),
    SIMILARITIES(
        Table.SIMILARITIES,
        "metric",
        "a_checkpoint || a_view || a_layer || ' ' || b_checkpoint || b_view || b_layer",
        SITES * (SITES + 1) / 2),
    FAILURES(Table.FAILURES, "stage", "checkpoint", 1);

    private final Table table;
    private final String unit;
    private final String key;
    private final int rows;

    Shape(Table table, String unit, String key, int rows) {
      this.table = table;
      this.unit = unit;
      this.key = key;
      this.rows = rows;
    }

    /** The units' rows, and their different keys, a line each. */
    String query(String from) {
      return "select count(*) || ' ' || count(distinct %s) from %s group by %s"
          .formatted(key, from, unit);
    }

    int units() {
      return switch (this) {
        case PREDICTIONS, GRAMS, ACTIVATIONS -> CHECKPOINTS * VIEWS * BATCHES;
        case INPUTS -> CHECKPOINTS * BATCHES;
        case LAYERS -> CHECKPOINTS;
        case SIMILARITIES, FAILURES -> 1;
      };
    }
  }

  /** Runs a query over a table's folder. */
  private interface Reader {
    List<String> read(Shape shape) throws SQLException;
  }

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    // The first query of a session takes longer than the run.
    SharedSpark.session()
        .read()
        .parquet("src/test/resources/io/similitude/dataset/parquet/test-00000-of-00002.parquet")
        .groupBy("label")
        .count()
        .collectAsList();
  }

  @Test
  void everyTableHoldsWholeUnitsEachOnceAtAnyMoment() throws Exception {
    TinySweep sweep = TinySweep.in(folder.resolve("sweep"));
    sweep.checkpoints("exact", "half", "missing");
    Path data = Path.of("jobs/quickstart").toAbsolutePath();
    try (Driver run =
        Driver.start(
            "local[2]",
            folder.resolve("driver"),
            sweep.arguments(
                "run",
                "--set=dataset.images=" + data.resolve("t10k-first-2000-images-idx3-ubyte.gz"),
                "--set=dataset.labels=" + data.resolve("t10k-first-2000-labels-idx1-ubyte.gz"),
                "--set=dataset.examples=" + BATCH * BATCHES,
                "--set=views=[{id: benign}, {id: fgsm, attack: fgsm, epsilon: 8/255, keep-inputs: true}]"))) {
      run.await("a unit is done", () -> isThere(sweep.run(), Table.GRAMS));
      Map<Shape, Integer> duckDb = new EnumMap<>(Shape.class);
      Map<Shape, Integer> spark = new EnumMap<>(Shape.class);
      while (run.isAlive()) {
        look(sweep.run(), shape -> duckDb(sweep.run(), shape), duckDb);
        look(sweep.run(), shape -> spark(sweep.run(), shape), spark);
        // The run needs the cores too.
        Thread.sleep(PAUSE_MILLIS);
      }
      assertThat(run.end()).as(run.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
      // Both have met tables with a part of their units.
      assertThat(duckDb).containsKeys(Shape.PREDICTIONS, Shape.GRAMS, Shape.ACTIVATIONS);
      assertThat(spark).isNotEmpty();
    }
    for (Shape shape : Shape.values()) {
      assertThat(duckDb(sweep.run(), shape)).as("%s", shape).hasSize(shape.units());
      assertThat(spark(sweep.run(), shape)).as("%s", shape).hasSize(shape.units());
    }
  }

  /** Looks at every table that is there; counts the looks that met a part of its units. */
  private static void look(Path run, Reader reader, Map<Shape, Integer> halfDone)
      throws SQLException, IOException {
    for (Shape shape : Shape.values()) {
      if (isThere(run, shape.table)) {
        List<String> units = reader.read(shape);
        assertThat(units)
            .as("%s", shape)
            .isNotEmpty()
            .containsOnly(shape.rows + " " + shape.rows)
            .hasSizeLessThanOrEqualTo(shape.units());
        if (units.size() < shape.units()) {
          halfDone.merge(shape, 1, Integer::sum);
        }
      }
    }
  }

  private static boolean isThere(Path run, Table table) {
    try (var files = Files.walk(run.resolve(table.folder()))) {
      return files.anyMatch(file -> file.toString().endsWith(".parquet"));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static List<String> duckDb(Path run, Shape shape) throws SQLException {
    return RunContents.query(
        shape.query(
            "read_parquet('%s/%s/**/*.parquet', hive_types_autocast = false)"
                .formatted(run, shape.table.folder())));
  }

  private static List<String> spark(Path run, Shape shape) {
    SparkSession spark = SharedSpark.session();
    String view = "during_run_" + shape.name().toLowerCase(Locale.ROOT);
    spark
        .read()
        .parquet(run.resolve(shape.table.folder()).toString())
        .createOrReplaceTempView(view);
    List<String> units = new ArrayList<>();
    spark.sql(shape.query(view)).collectAsList().forEach(row -> units.add(row.getString(0)));
    return units;
  }
}
