package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.SharedSpark;
import io.similitude.similarity.significance.FalseDiscovery;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What a second command makes of a sweep that was changed, or of tables that were damaged. */
final class ChangedSweepIT extends WholeRun {
  private static final double FLOAT_PRODUCT = 1e-6;

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
  void qValuesAreThoseOfTheWholeTable() throws SQLException {
    assertQValues(whole.run(), PAIRS - SITES);
  }

  @Test
  void anAddedCheckpointLeavesThePairsThatAreThereAndChangesTheirQValuesAlone() throws Exception {
    List<String> before = similarityTexts(sweep.run());
    sweep.weights("added", "wide_resnet_10_1_state_dict_bf16.pth");
    sweep.checkpoints("exact", "added", "half");

    assertDone(sweep.command("run"));

    int sites = 3 * TinySweep.LAYERS;
    List<String> after = similarityTexts(sweep.run());
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
    Files.delete(only("similarities"));
    Path grams = sweep.run().resolve("grams/checkpoint=half/view=benign");
    try (var files = Files.list(grams)) {
      Files.writeString(files.sorted().findFirst().orElseThrow(), "no Gram matrices");
    }

    CommandResult first = sweep.command("compare");
    Object part = Files.getAttribute(only("similarities"), "unix:ino");

    assertThat(first.status()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(first.error())
        .contains("exact, half: Cannot read file:", "(delete the file and run again)")
        .contains("Removed the damaged file grams/checkpoint=half/view=benign/");
    assertQValues(sweep.run(), TinySweep.LAYERS * (TinySweep.LAYERS - 1) / 2);
    assertDone(sweep.command("compare"));
    assertThat(Files.getAttribute(only("similarities"), "unix:ino")).isEqualTo(part);
    assertDone(sweep.command("run"));
    assertQValues(sweep.run(), PAIRS - SITES);
  }

  @Test
  void aDamagedPartIsNamedAndMadeAgain() throws Exception {
    List<Row> before = inOrder(sweep.run());
    Path part = only("similarities");
    byte[] bytes = Files.readAllBytes(part);
    Arrays.fill(bytes, 4, bytes.length / 2, (byte) 7);
    Files.write(part, bytes);
    interruptQValues();

    CommandResult compared = sweep.command("compare");

    assertDone(compared);
    assertThat(compared.error())
        .contains("Removed the damaged file similarities/" + part.getFileName());
    assertThat(inOrder(sweep.run())).isEqualTo(before);
    assertQValues(sweep.run(), PAIRS - SITES);
  }

  @Test
  void oneFlippedBitOfEachTableIsFoundAndMadeAgainInOneCommand() throws Exception {
    Map<String, String> rows = contents();
    List<String> tables = List.of("predictions", "grams", "similarities");
    for (String table : tables) {
      flipABit(table);
    }
    interruptQValues();

    CommandResult run = sweep.command("run");

    assertDone(run);
    for (String table : tables) {
      assertThat(run.error()).contains("Removed the damaged file " + table + "/");
    }
    assertThat(contents()).isEqualTo(rows);
    assertThat(verify().status()).isZero();
    assertThat(sweep.command("run").out()).startsWith("Nothing to do");
  }

  @Test
  void aDeletedFileOfEachTableIsMadeAgainWithWhatGoesWithIt() throws Exception {
    Map<String, String> rows = contents();
    Files.delete(only("replicates"));
    Files.delete(only("layers/checkpoint=exact"));

    assertDone(sweep.command("run"));

    assertThat(only("replicates")).exists();
    assertThat(only("layers/checkpoint=exact")).exists();
    assertThat(contents()).isEqualTo(rows);
    assertThat(sweep.command("run").out()).startsWith("Nothing to do");
  }

  @Test
  void layersThatWereRemovedAreWrittenAgain() throws Exception {
    Path layers = only("layers/checkpoint=half");
    byte[] before = Files.readAllBytes(layers);
    Files.delete(layers);

    assertDone(sweep.command("run"));

    assertThat(layers).hasBinaryContent(before);
  }

  @Test
  void verifyNamesWhatIsDamagedAndRepairDropsItSoThatRunMakesItAgain() throws Exception {
    assertThat(verify().status()).isZero();
    Path flipped = flipABit("predictions");
    Path cut = only("layers/checkpoint=half");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 100));

    CommandResult found = verify();
    CommandResult repaired = verify("--repair");

    for (CommandResult result : List.of(found, repaired)) {
      assertThat(result.status()).isEqualTo(ExitStatus.SOME_FAILED.code());
      assertThat(result.out())
          .contains(sweep.run().relativize(flipped).toString())
          .contains(sweep.run().relativize(cut) + ": it is cut off");
      assertThat(result.lastLine()).startsWith("ERROR 2 of ");
    }
    assertThat(flipped).doesNotExist();
    assertThat(verify().status()).isZero();
    assertDone(sweep.command("run"));
    assertThat(flipped).exists();
    assertThat(cut).exists();
    assertThat(verify().status()).isZero();
  }

  private CommandResult verify(String... options) {
    List<String> words = new ArrayList<>(List.of("verify", sweep.run().toString()));
    words.addAll(List.of(options));
    return CommandResult.of(words.toArray(String[]::new));
  }

  /** Flips a bit in the middle of a file of a table: Gram matrices of another unit than others. */
  private Path flipABit(String table) throws IOException {
    try (var files = Files.walk(sweep.run().resolve(table))) {
      Path file =
          files
              .filter(it -> it.toString().endsWith(".parquet"))
              .sorted(table.equals("grams") ? Comparator.reverseOrder() : Comparator.naturalOrder())
              .findFirst()
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 4;
      Files.write(file, bytes);
      return file;
    }
  }

  private Map<String, String> contents() throws Exception {
    Map<String, String> contents = new TreeMap<>();
    for (Table table : List.of(Table.PREDICTIONS, Table.GRAMS, Table.SIMILARITIES)) {
      contents.put(table.folder(), RunContents.rows(sweep.run(), table).toString());
    }
    return contents;
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
    Files.delete(only("q_values"));
  }

  private static List<String> similarityTexts(Path run) {
    return similarities(run).collectAsList().stream().map(Row::toString).toList();
  }

  private static Dataset<Row> similarities(Path run) {
    return SharedSpark.session().read().parquet(run.resolve("similarities").toString());
  }

  private static void assertQValues(Path run, int hypotheses) throws SQLException {
    List<double[]> rows =
        RunContents.query(
                """
                select s.p_value || ' ' || q.q_value
                from read_parquet('%1$s/similarities/*.parquet') s
                asof join read_parquet('%1$s/q_values/*.parquet') q
                on s.metric = q.metric and s.kernel is not distinct from q.kernel
                and s.bias is not distinct from q.bias and s.p_value <= q.p_value
                where s.p_value is not null
                """
                    .formatted(run))
            .stream()
            .map(row -> Stream.of(row.split(" ", -1)).mapToDouble(Double::parseDouble).toArray())
            .toList();
    double[] p = rows.stream().mapToDouble(row -> row[0]).toArray();
    double[] q = FalseDiscovery.qValues(p);
    assertThat(p).hasSize(hypotheses);
    for (int i = 0; i < p.length; i++) {
      // P-values count with 16 bits of mantissa.
      assertThat(rows.get(i)[1]).isBetween(q[i], q[i] * (1 + 0x1p-16 + 1e-14));
    }
    String pairs = "select sum(pairs)::bigint from read_parquet('%s/q_values/*.parquet')";
    assertThat(RunContents.query(pairs.formatted(run))).containsExactly("" + hypotheses);
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
}
