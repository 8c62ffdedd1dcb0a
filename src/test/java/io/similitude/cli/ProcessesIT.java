package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same sweep in other processes, in more or fewer of them, and with some killed: the same rows,
 * to the last bit, in files of the same names, and nothing else.
 */
@Timeout(600)
final class ProcessesIT {
  private static final String CLUSTER = "local-cluster[2,1,2048]";
  private static final int UNITS = 18;

  @TempDir static Path once;
  private static TinySweep sweep;

  @TempDir Path folder;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    SharedSpark.session();
    sweep = TinySweep.in(once.resolve("sweep"));
    sweep.weights("brain", "wide_resnet_10_1_state_dict_bf16.pth");
    sweep.checkpoints("exact", "half", "brain");
    Path undisturbed = once.resolve("undisturbed");
    try (Driver driver = Driver.start("local[2]", undisturbed, run(undisturbed))) {
      assertThat(driver.end()).as(driver.error()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[1]", CLUSTER})
  void theNumbersDoNotDependOnTheCluster(String master) throws Exception {
    try (Driver driver = Driver.start(master, folder, run(folder))) {
      assertThat(driver.end()).as(driver.error()).isZero();
      assertThat(driver.error()).doesNotContain("\tat ", "ERROR");
    }
    assertSameAsUndisturbed();
  }

  @Test
  void anExecutorThatIsKilledHalfwayChangesNothing() throws Exception {
    try (Driver driver = Driver.start(CLUSTER, folder, run(folder))) {
      driver.await("a unit is committed", () -> files("grams") > 0);
      driver.killAnExecutor();
      assertThat(files("grams")).isLessThan(UNITS);
      assertThat(driver.end()).as(driver.error()).isZero();
      assertThat(driver.error()).contains("Lost executor");
    }
    assertSameAsUndisturbed();
  }

  @Test
  void aDriverThatIsKilledAgainAndAgainIsFinishedByTheNextRun() throws Exception {
    killAt("a unit is committed", () -> files("grams") > 0);
    assertThat(files("grams")).isLessThan(UNITS);
    killAt("all units are committed", () -> files("grams") == UNITS);
    killAt("the report is being written", () -> files("report") > 0);
    assertThat(folder.resolve("tiny/manifest.json")).doesNotExist();

    CommandResult last = CommandResult.of(run(folder));

    assertThat(last.status()).as(last.error()).isZero();
    assertThat(last.out()).doesNotContain("Nothing to do");
    assertSameAsUndisturbed();
  }

  @Test
  void aFailedCommandEndsWithOneLineThatSaysWhy() throws Exception {
    Files.writeString(sweep.weights("bad"), "no weights at all");
    Path spec = sweep.path("bad.yaml");
    Files.writeString(
        spec, Files.readString(sweep.spec()).replaceAll("(exact|half|brain)", "bad$1"));

    try (Driver driver =
        Driver.start("local[1]", folder, "run", spec.toString(), "--output", folder.toString())) {
      assertThat(driver.end()).as(driver.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
      List<String> lines = driver.error().lines().toList();
      assertThat(lines.get(lines.size() - 1))
          .startsWith(
              "ERROR 3 failed, the rest is done and kept; the first: badexact: Cannot read ");
      assertThat(driver.error()).doesNotContain("\tat ");
    }
  }

  private void killAt(String what, BooleanSupplier moment) throws Exception {
    try (Driver driver = Driver.start("local[2]", folder, run(folder))) {
      driver.await(what, moment);
      driver.kill();
    }
  }

  private void assertSameAsUndisturbed() throws Exception {
    Path undisturbed = once.resolve("undisturbed/tiny");
    Path run = folder.resolve("tiny");
    assertThat(RunContents.files(run).keySet()).isEqualTo(RunContents.files(undisturbed).keySet());
    for (Table table : Table.values()) {
      if (Files.exists(undisturbed.resolve(table.folder()))) {
        assertThat(RunContents.difference(run, undisturbed, table)).isEmpty();
      }
    }
    assertThat(run.resolve("report/similarities.csv"))
        .hasSameTextualContentAs(undisturbed.resolve("report/similarities.csv"));
    assertThat(run.resolve("_staging")).doesNotExist();
  }

  private static String[] run(Path output) {
    return sweep.arguments("run", "--output", output.toString(), "--set", "dataset.examples=48");
  }

  /** How many files a table or the report has, at this moment. */
  private int files(String part) {
    Path where = folder.resolve("tiny").resolve(part);
    if (!Files.exists(where)) {
      return 0;
    }
    try (var tree = Files.walk(where)) {
      return (int) tree.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
