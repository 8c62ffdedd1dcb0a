package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.SharedSpark;
import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.tensor.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of torch.export, trained and then tapped in one sweep. */
final class TrainExportIT {
  private static final Path FILE =
      Path.of("src/test/resources/torch-export/built-in/wide_resnet.pt2");

  @TempDir static Path once;
  private static TrainingSweep whole;

  @TempDir Path folder;

  @BeforeAll
  static void run() throws IOException {
    SharedSpark.session();
    whole = sweep(once.resolve("sweep"));
    WholeRun.assertDone(whole.command("run"));
  }

  private static TrainingSweep sweep(Path folder) throws IOException {
    return TrainingSweep.ofFile(folder, FILE, "exported");
  }

  @Test
  void itBeginsWithTheWeightsOfItsFileAndMovesThem() {
    StateDict file = ExportArchive.read(FILE, "it").weights();
    StateDict before = whole.weights("plain-s0", "epoch-0.pth");
    StateDict after = whole.weights("plain-s0", "epoch-3.pth");

    assertThat(before.names()).containsExactlyInAnyOrderElementsOf(file.names());
    assertThat(after.names()).isEqualTo(before.names());
    for (String name : file.names()) {
      float[] begin = file.get(name).orElseThrow().toFloats();
      assertThat(before.get(name).orElseThrow().toFloats()).as(name).isEqualTo(begin);
      assertThat(after.get(name).orElseThrow().toFloats()).as(name).isNotEqualTo(begin);
    }
    // The counter goes on from the 20 batches of the file, by three steps an epoch.
    assertThat(after.get("bn1.num_batches_tracked").orElseThrow().bytes().getLong(0))
        .isEqualTo(20 + 3 * 3);
  }

  @Test
  void itsCheckpointsAreTappedThroughTheSameFile() throws Exception {
    whole.assertAllAreCompared();
    assertThat(
            RunContents.query(
                "select count(*) from read_parquet('%s/training/**/*.parquet') where not (loss > 0)"
                    .formatted(whole.run())))
        .containsExactly("0");
    assertThat(whole.command("run").out()).startsWith("Nothing to do");
  }

  /** Its state dict fits the network that is built in, and says the same there. */
  @Test
  void itsCheckpointsAreThoseOfTheArchitecture() throws Exception {
    TrainingSweep sweep = sweep(folder.resolve("sweep"));
    for (String id : List.of("plain-s0/epoch-3.pth", "robust-s0/epoch-3.pth")) {
      Path file = folder.resolve("sweep").resolve(id.replace('/', '-'));
      Files.copy(whole.run().resolve("checkpoints").resolve(id), file);
    }
    sweep.checkpoints(
        """
          - {id: plain, network: built-in, weights: plain-s0-epoch-3.pth}
          - {id: plain-file, network: wrn, weights: plain-s0-epoch-3.pth}
          - {id: robust, network: built-in, weights: robust-s0-epoch-3.pth}
          - {id: robust-file, network: wrn, weights: robust-s0-epoch-3.pth}
        """);

    WholeRun.assertDone(sweep.command("run"));

    assertThat(
            RunContents.query(
                """
                select count(*) || ' ' || (min(value) > 1 - 1e-5)
                from read_parquet('%s/similarities/*.parquet')
                where b_checkpoint = a_checkpoint || '-file' and a_layer = b_layer
                  and a_view = 'benign' and b_view = 'benign'"""
                    .formatted(sweep.run())))
        .containsExactly("4 true");
  }

  /** Its training is a process of its own, which ends with its executor. */
  @Test
  void aClusterThatDiesCostsNoMoreThanAnEpochAndNoBit() throws Exception {
    TrainingSweep killed = sweep(folder.resolve("sweep"));
    killed.robustAlone();
    try (Driver driver =
        Driver.start(
            "local-cluster[2,1,2048]", folder.resolve("driver"), killed.arguments("train"))) {
      killed.killInThirdEpoch(driver);
    }

    WholeRun.assertDone(killed.command("train"));

    killed.assertSameRobustFiles(whole);
  }

  @Test
  void aScriptedNetworkTrainsToo() throws Exception {
    TrainingSweep sweep =
        TrainingSweep.ofFile(
            folder.resolve("sweep"),
            Path.of("src/test/resources/training/scripted.pt"),
            "torchscript");

    WholeRun.assertDone(sweep.command("run", "--set", "training.plain.epochs=2"));

    StateDict before = whole.weights("plain-s0", "epoch-0.pth");
    StateDict after = sweep.weights("robust-s0", "epoch-2.pth");
    assertThat(after.names()).containsExactlyInAnyOrderElementsOf(before.names());
    assertThat(after.get("bn1.num_batches_tracked").orElseThrow().bytes().getLong(0))
        .isEqualTo(20 + 2 * 3);
    // The first epoch of the same network as torch.export has it.
    StateDict first = sweep.weights("robust-s0", "epoch-1.pth");
    StateDict other = whole.weights("robust-s0", "epoch-1.pth");
    assertThat(first.get("fc.weight").orElseThrow().toFloats())
        .containsExactly(other.get("fc.weight").orElseThrow().toFloats(), within(1e-2f));
    assertThat(sweep.command("run", "--set", "training.plain.epochs=2").out())
        .startsWith("Nothing to do");
  }

  @Test
  void whatCannotBeTrainedIsRefusedBeforeAnythingStarts() throws Exception {
    TrainingSweep sweep =
        TrainingSweep.ofFile(
            folder.resolve("sweep"),
            Path.of("src/test/resources/torch-export/pairs/swin/four.pt2"),
            "exported");

    CommandResult result = sweep.command("train");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.lastLine())
        .contains("Cannot train network ", "four.pt2: it was exported for batches of exactly 4");
    assertThat(sweep.run()).doesNotExist();
  }
}
