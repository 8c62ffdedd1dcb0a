package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad checkpoints among good ones: theirs fails, the rest is complete, and a mended one is done.
 */
final class BadCheckpointIT {
  private static final String OTHER_DEPTH = "jobs/quickstart/standard.pth.tar";

  /** Protocol 2, GLOBAL os system, its argument, REDUCE. */
  private static final String CALLS_SYSTEM =
      "\u0080\u0002cos\nsystem\n(X\u0010\u0000\u0000\u0000touch /tmp/ownedtR.";

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    SharedSpark.session();
  }

  @Test
  void eachBadFileIsNamedWithWhatIsWrongAndTheGoodOneIsDone() throws Exception {
    TinySweep sweep = TinySweep.in(folder.resolve("sweep"));
    byte[] good = Files.readAllBytes(sweep.weights("exact"));
    Files.writeString(sweep.weights("no-zip"), "no weights at all");
    Files.write(sweep.weights("truncated"), Arrays.copyOf(good, good.length / 2));
    EditedArchive.write(
        good,
        sweep.weights("hostile"),
        "data.pkl",
        CALLS_SYSTEM.getBytes(StandardCharsets.ISO_8859_1));
    EditedArchive.write(
        good, sweep.weights("diverged"), "data/0", new byte[] {0, 0, (byte) 0xc0, 0x7f});
    Files.copy(Path.of(OTHER_DEPTH), sweep.weights("deeper"));
    sweep.weights("twist", "twist_state_dict.pth");
    sweep.checkpoints(
        "no-zip", "exact", "missing", "truncated", "hostile", "diverged", "deeper", "twist");

    CommandResult result = sweep.command("run");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(result.error()).doesNotContain("\tat ");
    assertThat(result.lastLine())
        .startsWith("ERROR 8 failed, the rest is done and kept; the first: no-zip: Cannot read ");
    Map<String, String> causes = causes(sweep);
    assertThat(causes.get("missing")).contains("missing.pth: no such file (");
    assertThat(causes.get("no-zip")).contains("no-zip.pth");
    assertThat(causes.get("truncated")).contains("truncated.pth");
    assertThat(causes.get("hostile")).contains("hostile.pth", "it holds no tensors");
    assertThat(causes.get("diverged"))
        .contains(
            "parameter conv1.weight holds values that are not finite (did its training diverge?)");
    assertThat(causes.get("deeper"))
        .startsWith("Cannot load checkpoint deeper from ")
        .contains("unexpected there: block1.layer.1.bn1.weight [16]");
    assertThat(causes.get("twist")).contains("missing there: ");
    assertThat(causes).hasSize(7);
    assertThat(Path.of("/tmp/owned")).doesNotExist();
    assertThat(RunContents.rows(sweep.run(), Table.SIMILARITIES))
        .hasSize(TinySweep.LAYERS * (TinySweep.LAYERS + 1) / 2);
    assertThat(sweep.run().resolve("report/index.html")).content().contains("it holds no tensors");
  }

  @Test
  void aMisshapenParameterIsNamedWithBothShapes() throws Exception {
    TinySweep sweep = TinySweep.in(folder.resolve("sweep"));
    sweep.checkpoints("exact");

    CommandResult result = sweep.command("run", "--set", "networks.wrn.width=2");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(causes(sweep).get("exact"))
        .contains(
            "parameter block1.layer.0.conv1.weight is [16, 16, 3, 3] there,"
                + " the network wants [32, 16, 3, 3]");
  }

  @Test
  void aMendedCheckpointIsDoneWithoutTheOthersAndItsFailureGoesAway() throws Exception {
    TinySweep sweep = TinySweep.in(folder.resolve("sweep"));
    byte[] good = Files.readAllBytes(sweep.weights("half"));
    Files.write(sweep.weights("half"), Arrays.copyOf(good, 1000));
    assertThat(sweep.command("run").status()).isEqualTo(ExitStatus.SOME_FAILED.code());
    Map<String, String> exact = files(sweep, "checkpoint=exact");

    CommandResult again = sweep.command("run");
    assertThat(again.status()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(again.lastLine()).startsWith("ERROR 1 failed");
    assertThat(RunContents.rows(sweep.run(), Table.FAILURES)).hasSize(1);

    Files.write(sweep.weights("half"), good);
    CommandResult mended = sweep.command("run");

    assertThat(mended.status()).as(mended.error()).isZero();
    assertThat(files(sweep, "checkpoint=exact")).isEqualTo(exact);
    assertThat(sweep.run().resolve("failures")).doesNotExist();
    assertThat(files(sweep, "grams/checkpoint=half")).hasSize(2);
    assertThat(sweep.run().resolve("report/index.html")).content().doesNotContain("Cannot");
  }

  @Test
  void aFileThatCannotBeReadKeepsFailingUntilItIsTakenOut() throws Exception {
    TinySweep sweep = TinySweep.in(folder.resolve("sweep"));
    sweep.checkpoints("exact", "gone");
    assertThat(sweep.command("run").status()).isEqualTo(ExitStatus.SOME_FAILED.code());

    CommandResult again = sweep.command("run");
    assertThat(again.status()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(again.lastLine())
        .startsWith("ERROR 1 failed, the rest is done and kept; the first: gone: Cannot read ");

    sweep.checkpoints("exact");
    CommandResult without = sweep.command("run");
    assertThat(without.status()).as(without.error()).isZero();
    assertThat(sweep.run().resolve("failures")).doesNotExist();
    assertThat(sweep.command("run").out()).startsWith("Nothing to do");
  }

  /** A sweep every night over a glob with a known bad file is not red every morning. */
  @Test
  void onlyNewFailuresCountWhereTheCommandSaysSo() throws Exception {
    TinySweep sweep = TinySweep.in(folder.resolve("sweep"));
    sweep.checkpoints("exact", "gone");

    CommandResult first = sweep.command("run", "--fail-on-new");
    assertThat(first.status()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(first.lastLine()).startsWith("ERROR 1 failed (1 of them new), the rest is done");

    CommandResult again = sweep.command("run", "--fail-on-new");
    assertThat(again.status()).as(again.error()).isZero();
    assertThat(again.lastLine()).startsWith("WARN 1 failed (0 of them new), the rest is done");
    assertThat(RunContents.rows(sweep.run(), Table.FAILURES)).hasSize(1);

    sweep.checkpoints("gone-too", "exact", "gone");
    CommandResult third = sweep.command("run", "--fail-on-new");
    assertThat(third.status()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(third.lastLine()).contains("2 failed (1 of them new)", "the first: gone-too: ");
    assertThat(sweep.command("run").status()).isEqualTo(ExitStatus.SOME_FAILED.code());
  }

  @Test
  void whatABadFileReplacedIsNotShownAsItsResult() throws Exception {
    TinySweep sweep = TinySweep.in(folder.resolve("sweep"));
    sweep.checkpoints("exact");
    assertThat(sweep.command("run").status()).isZero();
    Files.writeString(sweep.weights("exact"), "no weights at all");

    assertThat(sweep.command("run").status()).isEqualTo(ExitStatus.SOME_FAILED.code());

    assertThat(files(sweep, ".parquet").keySet())
        .allMatch(file -> file.startsWith("layers/") || file.startsWith("failures/"));
  }

  @Test
  void aDamagedTableIsNamedAndMadeAgain() throws Exception {
    TinySweep sweep = TinySweep.in(folder.resolve("sweep"));
    assertThat(sweep.command("extract").status()).isZero();
    String name = files(sweep, "grams/checkpoint=half").keySet().iterator().next();
    Path damaged = sweep.run().resolve(name);
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));

    CommandResult result = sweep.command("run");

    assertThat(result.status()).as(result.error()).isZero();
    assertThat(result.error()).contains("Removed the damaged file " + name);
    assertThat(damaged).hasBinaryContent(bytes);
  }

  private static Map<String, String> causes(TinySweep sweep) throws Exception {
    List<String> rows =
        RunContents.query(
            "select checkpoint || '|' || cause from read_parquet('%s/failures/*.parquet')"
                .formatted(sweep.run()));
    Map<String, String> causes = new TreeMap<>();
    rows.forEach(
        row -> causes.put(row.substring(0, row.indexOf('|')), row.substring(row.indexOf('|') + 1)));
    return causes;
  }

  private static Map<String, String> files(TinySweep sweep, String part) throws IOException {
    Map<String, String> files = RunContents.files(sweep.run());
    files.keySet().removeIf(file -> !file.contains(part) || file.startsWith("layers/"));
    return files;
  }
}
