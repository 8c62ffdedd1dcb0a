package io.similitude.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.SharedSpark;
import io.similitude.similarity.FalseDiscovery;
import io.similitude.store.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole sweep, from the spec to the report, and what a second command makes of it. */
final class RunIT {
  private static final int SITES = 2 * TinySweep.LAYERS;
  private static final int PAIRS = SITES * (SITES + 1) / 2;

  private static final double FLOAT_PRODUCT = 1e-6;

  @TempDir static Path once;
  private static TinySweep whole;
  private static CommandResult outcome;

  @TempDir Path folder;
  private TinySweep sweep;

  @BeforeAll
  static void runOnce() throws IOException {
    SharedSpark.session();
    whole = TinySweep.in(once.resolve("sweep"));
    outcome = whole.command("run");
    assertDone(outcome);
  }

  /** A sweep of each test's own, which has been run already. */
  @BeforeEach
  void copy() throws IOException {
    sweep = TinySweep.in(folder.resolve("sweep"));
    TinySweep.copy(whole.path("runs"), sweep.path("runs"));
  }

  @Test
  void aRunEndsWithTheReportsPlace() {
    assertThat(outcome.out()).isEqualTo("file:" + whole.run() + "/report/index.html\n");
    assertThat(outcome.error()).doesNotContain("ERROR", "Exception");
    assertThat(whole.run().resolve("_staging")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FAILURES", "INPUTS"})
  void sparkAndDuckDbReadATablesFolderWithTheColumnsOfItsSchema(Table table) throws Exception {
    StructType read =
        SharedSpark.session()
            .read()
            .parquet(whole.run().resolve(table.folder()).toString())
            .schema();

    assertThat(columns(read)).isEqualTo(columns(table.schema()));
    assertThat(RunContents.rows(whole.run(), table)).hasSize(rows(table)).doesNotHaveDuplicates();
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
      assertThat(files.filter(file -> file.toString().endsWith(".png"))).hasSize(3);
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
  void aChangedCheckpointIsExtractedAgainAloneAndComparedAgain() throws Exception {
    Map<String, String> before = tables("checkpoint=");
    List<String> similarities = RunContents.rows(sweep.run(), Table.SIMILARITIES);
    sweep.weights("half", "wide_resnet_10_1_state_dict_bf16.pth");

    assertDone(sweep.command("run"));

    Map<String, String> after = tables("checkpoint=");
    assertThat(kept(after, "checkpoint=exact")).isEqualTo(kept(before, "checkpoint=exact"));
    assertThat(units(after, "checkpoint=half")).hasSameSizeAs(units(before, "checkpoint=half"));
    assertThat(units(after, "checkpoint=half").keySet())
        .doesNotContainAnyElementsOf(units(before, "checkpoint=half").keySet());
    assertThat(RunContents.rows(sweep.run(), Table.SIMILARITIES))
        .hasSameSizeAs(similarities)
        .isNotEqualTo(similarities);
  }

  @Test
  void qValuesAreThoseOfTheWholeTable() {
    assertQValues(whole.run(), PAIRS - SITES);
  }

  @Test
  void anAddedCheckpointLeavesThePairsThatAreThereAndChangesTheirQValuesAlone() throws Exception {
    List<String> before = withoutQValues(sweep.run());
    sweep.weights("added", "wide_resnet_10_1_state_dict_bf16.pth");
    sweep.checkpoints("exact", "added", "half");

    assertDone(sweep.command("run"));

    int sites = 3 * TinySweep.LAYERS;
    List<String> after = withoutQValues(sweep.run());
    assertThat(after).hasSize(sites * (sites + 1) / 2).doesNotHaveDuplicates();
    assertThat(after).containsAll(before);
    assertQValues(sweep.run(), sites * (sites - 1) / 2);
    assertThat(sweep.command("run").out()).startsWith("Nothing to do");
  }

  @Test
  void qValuesThatWereInterruptedAreMadeAgain() throws Exception {
    interruptQValues();

    assertDone(sweep.command("run"));

    assertQValues(sweep.run(), PAIRS - SITES);
    assertThat(sweep.command("run").out()).startsWith("Nothing to do");
  }

  @Test
  void aCheckpointThatCannotBeComparedCostsItsOwnPairsAndNothingTwice() throws Exception {
    for (Path file : List.of(only("similarities"), only("moments/checkpoint=half/view=benign"))) {
      Files.delete(file);
    }
    Path grams = sweep.run().resolve("grams/checkpoint=half/view=benign");
    try (var files = Files.list(grams)) {
      Files.writeString(files.sorted().findFirst().orElseThrow(), "no Gram matrices");
    }

    CommandResult first = sweep.command("compare");
    Object part = Files.getAttribute(only("similarities"), "unix:ino");
    CommandResult second = sweep.command("compare");

    assertThat(first.status()).isEqualTo(ExitStatus.TEMPORARY_FAILURE.code());
    assertThat(first.error())
        .contains("half/benign: Cannot read file:", "(delete the file and run again)");
    assertThat(second.status()).isEqualTo(ExitStatus.TEMPORARY_FAILURE.code());
    assertThat(Files.getAttribute(only("similarities"), "unix:ino")).isEqualTo(part);
    assertQValues(sweep.run(), TinySweep.LAYERS * (TinySweep.LAYERS - 1) / 2);
  }

  @Test
  void aDamagedPartIsNamedAndMadeAgainWhenItIsDeleted() throws Exception {
    Path part = only("similarities");
    byte[] bytes = Files.readAllBytes(part);
    Arrays.fill(bytes, 4, bytes.length / 2, (byte) 7);
    Files.write(part, bytes);
    interruptQValues();

    CommandResult damaged = sweep.command("compare");

    assertThat(damaged.status()).isEqualTo(ExitStatus.TEMPORARY_FAILURE.code());
    assertThat(damaged.error()).contains(part.getFileName().toString(), "delete the file");
    Files.delete(part);
    assertDone(sweep.command("compare"));
    assertQValues(sweep.run(), PAIRS - SITES);
  }

  /** The one Parquet file of a folder. */
  private Path only(String folder) throws IOException {
    try (var files = Files.list(sweep.run().resolve(folder))) {
      List<Path> parquet = files.filter(file -> file.toString().endsWith(".parquet")).toList();
      assertThat(parquet).hasSize(1);
      return parquet.get(0);
    }
  }

  private void interruptQValues() throws IOException {
    try (var files = Files.list(sweep.run().resolve("similarities"))) {
      for (Path mark : files.filter(it -> it.getFileName().toString().startsWith("_")).toList()) {
        Files.delete(mark);
      }
    }
  }

  private static List<String> withoutQValues(Path run) {
    return similarities(run).drop("q_value").collectAsList().stream().map(Row::toString).toList();
  }

  private static Dataset<Row> similarities(Path run) {
    return SharedSpark.session().read().parquet(run.resolve("similarities").toString());
  }

  private static void assertQValues(Path run, int hypotheses) {
    List<Row> rows =
        similarities(run)
            .filter("p_value is not null")
            .select("p_value", "q_value")
            .collectAsList();
    double[] p = rows.stream().mapToDouble(row -> row.getDouble(0)).toArray();
    double[] q = FalseDiscovery.qValues(p);
    assertThat(p).hasSize(hypotheses);
    for (int i = 0; i < p.length; i++) {
      // P-values count with 16 bits of mantissa.
      assertThat(rows.get(i).getDouble(1)).isBetween(q[i], q[i] * (1 + 0x1p-16 + 1e-14));
    }
    assertThat(similarities(run).filter("p_value is null and q_value is not null").count())
        .isZero();
  }

  @Test
  void moreExamplesAddTheirBatchesOnly() throws Exception {
    Map<String, String> before = tables("grams/");

    assertDone(sweep.command("run", "--set", "dataset.examples=24"));

    assertThat(tables("grams/")).containsAllEntriesOf(before).hasSize(6);
    assertThat(RunContents.rows(sweep.run(), Table.SIMILARITIES))
        .hasSize(PAIRS)
        .allMatch(row -> row.contains("'examples': 24") && row.contains("'batches': 3"));
  }

  @Test
  void anotherBatchSizeMakesAllUnitsAnewAndLeavesNoneOfTheOld() throws Exception {
    assertDone(sweep.command("run", "--set", "batch=16"));

    assertThat(tables("grams/")).hasSize(2);
    assertThat(RunContents.rows(sweep.run(), Table.PREDICTIONS)).hasSize(rows(Table.PREDICTIONS));
    assertThat(RunContents.rows(sweep.run(), Table.SIMILARITIES))
        .hasSize(PAIRS)
        .allMatch(row -> row.contains("'examples': 16") && row.contains("'batches': 1"));
  }

  @Test
  void aCheckpointThatIsTakenOutAndPutBackIsNotExtractedAgain() throws Exception {
    Map<String, String> before = tables("checkpoint=");
    List<Row> similarities = inOrder(sweep.run());

    sweep.checkpoints("exact");
    assertDone(sweep.command("run"));
    assertThat(tables("checkpoint=")).isEqualTo(before);
    assertThat(RunContents.rows(sweep.run(), Table.SIMILARITIES))
        .hasSize(TinySweep.LAYERS * (TinySweep.LAYERS + 1) / 2);
    assertThat(sweep.run().resolve("report/index.html")).content().doesNotContain("by-half");

    sweep.checkpoints("exact", "half");
    assertDone(sweep.command("run"));
    assertThat(units(tables("checkpoint="), "")).isEqualTo(units(before, ""));
    assertSameUpToRounding(inOrder(sweep.run()), similarities);
    assertQValues(sweep.run(), PAIRS - SITES);
  }

  private static List<Row> inOrder(Path run) {
    return similarities(run)
        .drop("q_value")
        .orderBy("a_checkpoint", "a_position", "b_checkpoint", "b_position")
        .collectAsList();
  }

  /** Parts are cut by what was there before, and another cut rounds float32 products elsewhere. */
  private static void assertSameUpToRounding(List<Row> actual, List<Row> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      for (int k = 0; k < expected.get(i).length(); k++) {
        Object wanted = expected.get(i).get(k);
        if (wanted instanceof Double number) {
          assertThat(actual.get(i).getDouble(k))
              .as("%s", expected.get(i))
              .isEqualTo(number, within(FLOAT_PRODUCT * Math.max(1, Math.abs(number))));
        } else {
          assertThat(actual.get(i).get(k)).isEqualTo(wanted);
        }
      }
    }
  }

  @Test
  void changedTagsMakeANewReportAndNothingElse() throws IOException {
    Map<String, String> before = tables(".parquet");

    CommandResult outcome = sweep.command("run", "--set", "checkpoints.1.tags.made=elsewhere");

    assertDone(outcome);
    assertThat(outcome.out()).doesNotContain("Nothing to do");
    assertThat(sweep.run().resolve("report/index.html")).content().contains("elsewhere");
    assertThat(tables(".parquet")).isEqualTo(before);
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
    CommandResult report = sweep.command("report", "--output", output);
    assertThat(report.out()).isEqualTo("file:" + run + "/report/index.html\n");

    Stream.of(extract, compare, report).forEach(RunIT::assertDone);
    for (Table table : Table.values()) {
      if (rows(table) > 0) {
        assertThat(RunContents.rows(run, table)).isEqualTo(RunContents.rows(whole.run(), table));
      }
    }
    assertThat(run.resolve("report/similarities.csv"))
        .hasSameTextualContentAs(whole.run().resolve("report/similarities.csv"));
  }

  @Test
  void aRunThatWasBrokenOffBeforeTheReportMakesOnlyTheReport() throws IOException {
    Files.delete(sweep.run().resolve("report/index.html"));
    Map<String, String> before = tables(".parquet");

    assertThat(sweep.command("run").out()).endsWith("/report/index.html\n");

    assertThat(sweep.run().resolve("report/index.html")).exists();
    assertThat(tables(".parquet")).isEqualTo(before);
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

  private static void assertDone(CommandResult outcome) {
    assertThat(outcome.status()).as(outcome.error()).isZero();
  }

  private static Map<String, String> columns(StructType schema) {
    return Arrays.stream(schema.fields())
        .collect(Collectors.toMap(field -> field.name(), field -> field.dataType().sql()));
  }

  private static int rows(Table table) {
    return switch (table) {
      case PREDICTIONS -> 2 * TinySweep.EXAMPLES;
      case LAYERS -> SITES;
      case ACTIVATIONS -> SITES * TinySweep.EXAMPLES;
      case GRAMS, MOMENTS -> SITES * TinySweep.EXAMPLES / TinySweep.BATCH;
      case SIMILARITIES -> PAIRS;
      case INPUTS, FAILURES -> 0;
    };
  }

  /** The run's files whose paths contain a text. */
  private Map<String, String> tables(String part) throws IOException {
    return kept(RunContents.files(sweep.run()), part);
  }

  private static Map<String, String> kept(Map<String, String> files, String part) {
    return filtered(files, path -> path.contains(part));
  }

  /** The layers of a checkpoint are written with its first unit, again and again. */
  private static Map<String, String> units(Map<String, String> files, String part) {
    return filtered(files, path -> path.contains(part) && path.contains("batch-"));
  }

  private static Map<String, String> filtered(Map<String, String> files, Predicate<String> keep) {
    Map<String, String> kept = new TreeMap<>(files);
    kept.keySet().removeIf(keep.negate());
    return kept;
  }
}
