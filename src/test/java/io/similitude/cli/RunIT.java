package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.SharedSpark;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole sweep, from the spec to the report, and what the same commands make of it once more. */
final class RunIT extends WholeRun {
  @Test
  void aRunEndsWithTheReportsPlace() {
    assertThat(outcome.out()).isEqualTo("file:" + whole.run() + "/report/index.html\n");
    assertThat(outcome.error()).doesNotContain("ERROR", "Exception");
    assertThat(whole.run().resolve("_staging")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FAILURES", "INPUTS", "INFLUENCES", "TRAINING"})
  void sparkAndDuckDbReadATablesFolderWithTheColumnsOfItsSchema(Table table) throws Exception {
    StructType read =
        SharedSpark.session()
            .read()
            .parquet(whole.run().resolve(table.folder()).toString())
            .schema();

    assertThat(columns(read)).isEqualTo(columns(table.schema()));
    assertThat(RunContents.rows(whole.run(), table)).doesNotHaveDuplicates();
    assertThat(counted(table)).isEqualTo(rows(table));
  }

  /** The rows of a table; of q-values the pairs that its rows count. */
  private static int counted(Table table) throws Exception {
    String sql = "select %s from read_parquet('%s/%s/**/*.parquet')";
    String count = table == Table.Q_VALUES ? "sum(pairs)::bigint" : "count(*)";
    return Integer.parseInt(
        RunContents.query(sql.formatted(count, whole.run(), table.folder())).get(0));
  }

  @Test
  void thereAreNeitherFailuresNorPerturbedInputs() {
    assertThat(whole.run().resolve("failures")).doesNotExist();
    assertThat(whole.run().resolve("inputs")).doesNotExist();
  }

  @Test
  void theManifestSaysWhereTheNumbersComeFrom() throws IOException {
    JsonNode manifest = new ObjectMapper().readTree(whole.run().resolve("manifest.json").toFile());

    assertThat(manifest.at("/sweep").asText()).isEqualTo("tiny");
    assertThat(manifest.at("/seed").asLong(-1)).isZero();
    assertThat(manifest.at("/spec/batch").asInt()).isEqualTo(TinySweep.BATCH);
    assertThat(manifest.at("/dataset/examples").asInt()).isEqualTo(TinySweep.EXAMPLES);
    assertThat(manifest.at("/versions/PyTorch").asText()).startsWith("2.7.1");
    assertThat(manifest.at("/versions/Spark").asText()).isEqualTo(SharedSpark.session().version());
    assertThat(manifest.at("/checkpoints/1/id").asText()).isEqualTo("half");
    assertThat(manifest.at("/checkpoints/1/sha256").asText()).matches("[0-9a-f]{64}");
    assertThat(manifest.at("/seconds/extract").asDouble()).isPositive();
  }

  @Test
  void theReportShowsHeatmapsAccuraciesAndTags() throws IOException {
    Path report = whole.run().resolve("report");

    assertThat(report.resolve("index.html")).content().contains("by-exact", "by-half", "conv1");
    assertThat(Files.readAllLines(report.resolve("similarities.csv"))).hasSize(PAIRS + 1);
    try (var files = Files.list(report)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(it -> it.endsWith(".png")))
          .containsExactlyInAnyOrder(
              "heatmap-exact-benign-vs-exact-benign.png",
              "heatmap-half-benign-vs-half-benign.png",
              "heatmap-exact-benign-vs-half-benign.png",
              "block-structure-explained-cka-benign.png",
              "specialisation-lag-cka-benign.png");
    }
  }

  @Test
  void aSecondRunChangesNothing() throws IOException {
    Map<String, String> before = RunContents.files(whole.run());

    CommandResult second = whole.command("run");

    assertDone(second);
    assertThat(second.out()).startsWith("Nothing to do: all is done already.");
    assertThat(RunContents.files(whole.run())).isEqualTo(before);
  }

  @Test
  void changedTagsMakeANewReportAndNothingElse() throws IOException {
    Map<String, String> before = stored();

    CommandResult outcome = sweep.command("run", "--set", "checkpoints.1.tags.made=elsewhere");

    assertDone(outcome);
    assertThat(outcome.out()).doesNotContain("Nothing to do");
    assertThat(sweep.run().resolve("report/index.html")).content().contains("elsewhere");
    assertThat(stored()).isEqualTo(before);
    assertThat(sweep.command("run", "--set", "checkpoints.1.tags.made=elsewhere").out())
        .startsWith("Nothing to do");
  }

  @Test
  void theStagesOneByOneLeaveWhatARunLeaves() throws Exception {
    String output = folder.resolve("stages").toString();
    Path run = folder.resolve("stages/tiny");

    CommandResult extract = sweep.command("extract", "--output", output);
    assertThat(extract.out()).isEqualTo("file:" + run + "\n");
    assertThat(run.resolve("similarities")).doesNotExist();
    CommandResult compare = sweep.command("compare", "--output", output);
    assertThat(compare.out()).isEqualTo("file:" + run + "/similarities\n");
    assertThat(run.resolve("report")).doesNotExist();
    CommandResult findings = sweep.command("findings", "--output", output);
    assertThat(findings.out()).endsWith("file:" + run + "/findings\n");
    CommandResult report = sweep.command("report", "--output", output);
    assertThat(report.out()).isEqualTo("file:" + run + "/report/index.html\n");

    Stream.of(extract, compare, findings, report).forEach(RunIT::assertDone);
    for (Table table : Table.values()) {
      if (rows(table) > 0) {
        assertThat(RunContents.difference(run, whole.run(), table)).isEmpty();
      }
    }
    assertThat(run.resolve("report/similarities.csv"))
        .hasSameTextualContentAs(whole.run().resolve("report/similarities.csv"));
  }

  @Test
  void aRunThatWasBrokenOffBeforeTheReportMakesOnlyTheReport() throws IOException {
    Files.delete(sweep.run().resolve("report/index.html"));
    Map<String, String> before = stored();

    assertThat(sweep.command("run").out()).endsWith("/report/index.html\n");

    assertThat(sweep.run().resolve("report/index.html")).exists();
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void accuraciesOfTheReportAreThoseOfThePredictions() throws Exception {
    List<String> accuracy =
        RunContents.query(
            "select round(100 * avg(correct::int), 1)::varchar from read_parquet('%s/predictions/**/*.parquet') where checkpoint = 'exact'"
                .formatted(whole.run()));
    List<Row> rows =
        SharedSpark.session()
            .read()
            .parquet(whole.run().resolve("predictions").toString())
            .selectExpr("predicted = label = correct")
            .distinct()
            .collectAsList();

    assertThat(rows).extracting(row -> row.getBoolean(0)).containsExactly(true);
    assertThat(whole.run().resolve("report/index.html")).content().contains(accuracy.get(0));
  }

  private static Map<String, String> columns(StructType schema) {
    return Arrays.stream(schema.fields())
        .collect(Collectors.toMap(field -> field.name(), field -> field.dataType().sql()));
  }
}
