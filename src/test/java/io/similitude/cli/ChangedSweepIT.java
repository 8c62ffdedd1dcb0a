package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.SharedSpark;
import io.similitude.similarity.significance.FalseDiscovery;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    assertThat(first.status()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(first.error())
        .contains("half/benign: Cannot read file:", "(delete the file and run again)");
    assertThat(second.status()).isEqualTo(ExitStatus.SOME_FAILED.code());
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
}
