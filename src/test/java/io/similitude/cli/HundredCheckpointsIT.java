package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import io.similitude.store.row.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole training run by one glob, with a file that was not written to its end. */
final class HundredCheckpointsIT {
  private static final int CHECKPOINTS = 100;
  private static final int BAD = 57;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    SharedSpark.session();
  }

  @Test
  void oneBadCheckpointCostsItsOwnUnitsAndNothingElse() throws Exception {
    TinySweep sweep = TinySweep.in(folder.resolve("sweep"));
    byte[] exact = Files.readAllBytes(sweep.weights("exact"));
    for (int epoch = 1; epoch <= CHECKPOINTS; epoch++) {
      byte[] first = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(epoch).array();
      EditedArchive.write(exact, sweep.path("epoch_" + epoch + ".pth"), "data/0", first);
    }
    Path bad = sweep.path("epoch_" + BAD + ".pth");
    byte[] whole = Files.readAllBytes(bad);
    Files.write(bad, Arrays.copyOf(whole, whole.length / 2));
    sweep.checkpoints("exact");
    Files.writeString(
        sweep.spec(),
        Files.readString(sweep.spec())
            .replaceAll(
                "(?s)checkpoints:.*",
                """
                checkpoints:
                  - {glob: "epoch_*.pth", network: wrn, id: "run-{stem}"}
                layers: {include: [fc]}
                activations: none
                compare: same-layer
                """));

    CommandResult result = sweep.command("run", "--set", "dataset.examples=8");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(result.lastLine())
        .startsWith("ERROR 1 failed, the rest is done and kept; the first: run-epoch_" + BAD);
    assertThat(RunContents.rows(sweep.run(), Table.FAILURES)).hasSize(1);
    assertThat(
            RunContents.query(
                "select count(distinct checkpoint) || ' ' || count(*) from read_parquet('%s/predictions/**/*.parquet')"
                    .formatted(sweep.run())))
        .containsExactly("99 792");
    // Each differs in a weight, and so in its Gram matrix.
    assertThat(
            RunContents.query(
                "select count(distinct gram) from read_parquet('%s/grams/**/*.parquet')"
                    .formatted(sweep.run())))
        .containsExactly("99");
    assertThat(RunContents.rows(sweep.run(), Table.SIMILARITIES)).hasSize(99 * 100 / 2);
    assertThat(sweep.run().resolve("report/index.html")).exists();

    Map<String, String> before = RunContents.files(sweep.run().resolve("grams"));
    Files.write(bad, whole);
    CommandResult mended = sweep.command("extract", "--set", "dataset.examples=8");

    assertThat(mended.status()).as(mended.error()).isZero();
    assertThat(RunContents.files(sweep.run().resolve("grams")))
        .hasSize(CHECKPOINTS)
        .containsAllEntriesOf(before);
    assertThat(sweep.run().resolve("failures")).doesNotExist();
  }
}
