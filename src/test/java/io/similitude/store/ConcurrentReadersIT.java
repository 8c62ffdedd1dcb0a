package io.similitude.store;

import static io.similitude.store.Samples.LAYERS;
import static io.similitude.store.Samples.commit;
import static io.similitude.store.Samples.unit;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers of other tools while units are committed, committed again, and superseded. */
@Timeout(300)
final class ConcurrentReadersIT {
  private static final List<String> CHECKPOINTS = List.of("standard", "robust");
  private static final int BATCHES = 10;
  private static final int UNITS = CHECKPOINTS.size() * BATCHES;
  private static final int ENOUGH = 5;

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private final AtomicBoolean enough = new AtomicBoolean();
  private RunFolder run;

  /** How many rows a reader found for each unit. */
  private interface Reader {
    Map<String, Long> rowsOfUnits() throws SQLException, IOException, SparkException;
  }

  @BeforeEach
  void start() throws IOException {
    run = Samples.run(folder);
    writeGeneration(0);
  }

  @AfterEach
  void stop() {
    enough.set(true);
    threads.shutdownNow();
  }

  @Test
  void sparkSeesWholeUnitsEachOnce() throws Exception {
    Tables tables = new Tables(SharedSpark::session, run);
    poll(
        () -> {
          Map<String, Long> units = new TreeMap<>();
          for (Row row :
              tables.open(Table.GRAMS).groupBy("checkpoint", "batch").count().collectAsList()) {
            units.put(row.getString(0) + row.getInt(1), row.getLong(2));
          }
          return units;
        });
  }

  @Test
  void duckDbSeesWholeUnitsEachOnce() throws Exception {
    String sql =
        "select checkpoint, batch, count(*) from read_parquet('%s/grams/**/*.parquet') group by all"
            .formatted(folder);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      poll(
          () -> {
            Map<String, Long> units = new TreeMap<>();
            try (Statement query = duckdb.createStatement();
                ResultSet rows = query.executeQuery(sql)) {
              while (rows.next()) {
                units.put(rows.getString(1) + rows.getInt(2), rows.getLong(3));
              }
            }
            return units;
          });
    }
  }

  /** Reads while generation follows generation, until enough reads have met one half done. */
  private void poll(Reader reader) throws Exception {
    Future<Void> writing = threads.submit(this::writeGenerations);
    int halfDone = 0;
    while (halfDone < ENOUGH && !writing.isDone()) {
      Map<String, Long> units = read(reader);
      assertThat(units.values()).allMatch(rows -> rows == LAYERS);
      halfDone += 0 < units.size() && units.size() < UNITS ? 1 : 0;
    }
    enough.set(true);
    writing.get();
    assertThat(halfDone).isEqualTo(ENOUGH);
    assertThat(reader.rowsOfUnits()).hasSize(UNITS);
  }

  /** A file that was listed and then superseded is an error of the tool, and no row of a unit. */
  private static Map<String, Long> read(Reader reader) throws Exception {
    try {
      return reader.rowsOfUnits();
    } catch (SQLException | IOException | SparkException e) {
      // Spark says what failed, and its cause says why.
      assertThat(messages(e))
          .containsAnyOf("No such file", "No files found", "FILE_NOT_EXIST", "does not exist");
      return Map.of();
    }
  }

  private static String messages(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .map(Throwable::toString)
        .collect(joining("\n"));
  }

  private Void writeGenerations() throws IOException {
    for (int generation = 1; !enough.get(); generation++) {
      writeGeneration(generation);
    }
    return null;
  }

  /** As a run does it: supersede, then two attempts at each unit. */
  private void writeGeneration(int generation) throws IOException {
    RunWriter writer = run.startWriting();
    List<Unit> plan = plan(generation);
    writer.upkeep().clearSuperseded(plan);
    for (Unit unit : plan) {
      commit(writer, unit);
      commit(writer, unit);
    }
    writer.finish();
  }

  private static List<Unit> plan(int generation) {
    String digest = "%016x".formatted(generation);
    return CHECKPOINTS.stream()
        .flatMap(
            checkpoint ->
                IntStream.range(0, BATCHES).mapToObj(batch -> unit(checkpoint, batch, digest)))
        .toList();
  }
}
