package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings, from the spec to the checkpoints and the tables. */
final class TrainIT {
  @TempDir static Path once;
  private static TrainingSweep whole;
  private static CommandResult outcome;

  @TempDir Path folder;

  @BeforeAll
  static void run() throws IOException {
    SharedSpark.session();
    whole = TrainingSweep.in(once.resolve("sweep"));
    outcome = whole.command("run");
    WholeRun.assertDone(outcome);
  }

  @Test
  void whatIsToBeKeptIsKept() {
    assertThat(whole.run().resolve("checkpoints/plain-s0").toFile().list())
        .containsExactlyInAnyOrder("epoch-0.pth", "epoch-3.pth", "momenta-3.pth");
    assertThat(whole.run().resolve("checkpoints/robust-s0").toFile().list())
        .containsExactlyInAnyOrder("epoch-1.pth", "best.pth", "epoch-3.pth", "momenta-3.pth");
  }

  @Test
  void weightsMove() {
    StateDict before = whole.weights("plain-s0", "epoch-0.pth");
    StateDict after = whole.weights("plain-s0", "epoch-3.pth");

    assertThat(after.names()).isEqualTo(before.names()).contains("bn1.num_batches_tracked");
    for (String name : before.names()) {
      assertThat(after.get(name).orElseThrow().toFloats())
          .as(name)
          .isNotEqualTo(before.get(name).orElseThrow().toFloats());
    }
    assertThat(after.get("bn1.num_batches_tracked").orElseThrow().bytes().getLong(0))
        .isEqualTo(3 * 3);
  }

  @Test
  void everyEpochHasItsRows() throws Exception {
    String table = "from read_parquet('%s/training/**/*.parquet')".formatted(whole.run());

    assertThat(RunContents.query("select count(*) " + table + " where view is null"))
        .containsExactly("6");
    assertThat(RunContents.query("select count(*) " + table + " where view is not null"))
        .containsExactly("16");
    assertThat(
            RunContents.query(
                "select distinct examples " + table + " where data = 'train' and rate is not null"))
        .containsExactly("40");
    assertThat(
            RunContents.query(
                "select count(*) " + table + " where not (loss > 0 and accuracy >= 0)"))
        .containsExactly("0");
    assertThat(SharedSpark.session().read().parquet(whole.run() + "/training").count())
        .isEqualTo(22);
  }

  @Test
  void theReportShowsHowTheTrainingsWent() throws Exception {
    String page = Files.readString(whole.run().resolve("report/index.html"));

    assertThat(page)
        .contains("Accuracy of plain-s0", "Loss of robust-s0", "train, in the steps", "test, linf")
        .contains("last, epoch 3")
        .containsPattern("best, epoch [123]");
    assertThat(whole.run().resolve("report/training-robust-s0-loss.pdf")).exists();
  }

  @Test
  void theCheckpointsAreComparedWithTheirTags() throws Exception {
    whole.assertAllAreCompared();
    assertThat(RunContents.rows(whole.run(), Table.PREDICTIONS)).hasSize(5 * 2 * 8);
    assertThat(whole.command("run").out()).startsWith("Nothing to do");
  }

  @Test
  void bitsAreTheSameAloneAndBesideOthers() throws Exception {
    TrainingSweep alone = TrainingSweep.in(folder.resolve("sweep"));
    alone.robustAlone();

    WholeRun.assertDone(alone.command("train"));

    alone.assertSameRobustFiles(whole);
  }

  @Test
  void aDriverThatDiesCostsNoMoreThanAnEpoch() throws Exception {
    TrainingSweep killed = TrainingSweep.in(folder.resolve("sweep"));
    try (Driver driver =
        Driver.start("local[2]", folder.resolve("driver"), killed.arguments("train"))) {
      killed.killInThirdEpoch(driver);
    }
    Map<String, String> done = RunContents.files(killed.robustEpochs());

    WholeRun.assertDone(killed.command("train"));

    assertThat(RunContents.files(killed.robustEpochs())).containsAllEntriesOf(done);
    killed.assertSameRobustFiles(whole);
    assertThat(killed.run().resolve("checkpoints/robust-s0").toFile().list()).hasSize(4);
  }

  /** Both trainings run at once, so the executor that is lost has one of them. */
  @Test
  void bitsAreTheSameOnAClusterThatLosesAnExecutor() throws Exception {
    TrainingSweep there = TrainingSweep.in(folder.resolve("sweep"));
    Path epochs = there.run().resolve("training");
    try (Driver driver =
        Driver.start(
            "local-cluster[2,1,2048]", folder.resolve("driver"), there.arguments("train"))) {
      driver.await(
          "both trainings have an epoch",
          () ->
              epochs.resolve("checkpoint=plain-s0").toFile().isDirectory()
                  && epochs.resolve("checkpoint=robust-s0").toFile().isDirectory());
      driver.killAnExecutor();
      assertThat(driver.end()).as(driver.error()).isZero();
    }

    for (String training : List.of("plain-s0", "robust-s0")) {
      for (String file : whole.run().resolve("checkpoints").resolve(training).toFile().list()) {
        assertThat(there.checkpoint(training, file))
            .hasSameBinaryContentAs(whole.checkpoint(training, file));
      }
    }
  }

  @Test
  void aTrainingThatDivergesFailsWithItsEpochAndKeepsTheOthers() throws Exception {
    TrainingSweep sweep = TrainingSweep.in(folder.resolve("sweep"));

    CommandResult result =
        sweep.command("run", "--set", "training.robust.optimizer={sgd: {rate: 1e30}}");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.lastLine())
        .contains(
            "robust-s0: Cannot go on with training robust: the loss is NaN in step 2 of epoch 1");
    assertThat(
            RunContents.query(
                "select checkpoint || ' ' || cause from read_parquet('%s/failures/*.parquet') where stage = 'plan'"
                    .formatted(sweep.run())))
        .hasSize(3)
        .anyMatch(it -> it.contains("Cannot use checkpoint robust-s0-epoch-3: it is not trained"));
    assertThat(sweep.checkpoint("plain-s0", "epoch-3.pth")).exists();
    assertThat(sweep.run().resolve("report/index.html")).exists();
  }

  @Test
  void aChangedRecipeTrainsAnew() throws Exception {
    TrainingSweep sweep = TrainingSweep.in(folder.resolve("sweep"));
    sweep.checkpoints("  - {id: a, network: wrn, train: trades}\n");
    WholeRun.assertDone(sweep.command("train", "--set", "training.plain.epochs=1"));
    byte[] before = Files.readAllBytes(sweep.checkpoint("a", "epoch-1.pth"));
    String[] changed = {"--set", "training.plain.epochs=1", "--set", "training.trades.beta=3"};

    assertThat(sweep.command("extract", changed).error())
        .contains("Cannot use checkpoint a-epoch-1: it is not trained yet");
    WholeRun.assertDone(sweep.command("train", changed));

    assertThat(Files.readAllBytes(sweep.checkpoint("a", "epoch-1.pth"))).isNotEqualTo(before);
  }

  @Test
  void checkpointsThatDoNotFitAreRefusedBeforeTheTraining() throws Exception {
    TrainingSweep sweep = TrainingSweep.in(folder.resolve("sweep"));

    CommandResult result = sweep.command("train", "--set", "networks.wrn.width=20000");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.lastLine())
        .startsWith("ERROR Cannot train: the checkpoints need ")
        .endsWith("free (free space, keep fewer epochs, or choose another output)");
    assertThat(sweep.run()).doesNotExist();
  }

  @Test
  void theTableOfAPlanNamesTheTrainings() throws Exception {
    TrainingSweep sweep = TrainingSweep.in(folder.resolve("sweep"));

    CommandResult plan = sweep.command("plan");

    WholeRun.assertDone(plan);
    assertThat(plan.out())
        .contains("plain-s0", "robust-s0", "train: 0 of 6 epochs done")
        .contains("hours of one core at 30 GFLOP/s, or ", "(assumed; --rate says another)");
    assertThat(sweep.command("plan", "--rate", "2").out())
        .containsPattern("train: 0 of 6 epochs done; [0-9.]+ hours at 2.0 GFLOP/s; ");
    assertThat(sweep.run()).doesNotExist();
    assertThat(whole.command("plan").out()).contains("train: 6 of 6 epochs done");
  }
}
