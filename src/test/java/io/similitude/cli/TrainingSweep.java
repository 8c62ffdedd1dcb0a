package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.checkpoint.tensor.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A sweep in a folder of its own that trains WideResNet-10-1 on 40 images for three epochs. */
final class TrainingSweep {
  static final int EPOCHS = 3;

  private static final Path IMAGE_FILES = Path.of("src/test/resources/io/similitude/dataset");

  private static final String CHECKPOINTS =
      """
        - {id: "plain-s{seed}", network: wrn, train: plain, seeds: [0], keep: [0, last]}
        - {id: "robust-s{seed}", network: wrn, train: robust, seeds: [0], keep: [1, best, last]}
      """;

  private final Path folder;
  private String network = "{architecture: wide-resnet, depth: 10, width: 1, classes: 10}";

  private TrainingSweep(Path folder) {
    this.folder = folder;
  }

  /** The sweep of a plain and a robust network. */
  static TrainingSweep in(Path folder) throws IOException {
    TrainingSweep sweep = new TrainingSweep(folder);
    Files.createDirectories(folder);
    Files.copy(
        IMAGE_FILES.resolve("fashion-mnist-50-images-idx3-ubyte.gz"), folder.resolve("images.gz"));
    Files.copy(
        IMAGE_FILES.resolve("fashion-mnist-50-labels-idx1-ubyte.gz"), folder.resolve("labels.gz"));
    sweep.checkpoints(CHECKPOINTS);
    return sweep;
  }

  /** The same sweep with a network of a file. */
  static TrainingSweep ofFile(Path folder, Path file, String key) throws IOException {
    TrainingSweep sweep = in(folder);
    Files.copy(file, folder.resolve(file.getFileName()));
    sweep.network = "{%s: %s}".formatted(key, file.getFileName());
    sweep.checkpoints(CHECKPOINTS);
    return sweep;
  }

  /** Writes the spec with these checkpoints. */
  void checkpoints(String checkpoints) throws IOException {
    Files.writeString(
        spec(),
        """
        sweep: tiny
        output: %s
        datasets:
          test: {format: idx, images: images.gz, labels: labels.gz, examples: 8, transform: [{pad: 2}, {channels: 3}]}
          train: {format: idx, images: images.gz, labels: labels.gz, examples: 40, order: shuffled, transform: [{pad: 2}, {channels: 3}]}
        batch: 8
        networks:
          wrn: %s
          built-in: {architecture: wide-resnet, depth: 10, width: 1, classes: 10}
        training:
          plain: {method: standard, data: train, epochs: 3, batch: 16, augment: [crop: 4, flip]}
          robust: {extends: plain, method: pgd-at, attack: {epsilon: 16/255, step-size: 8/255, steps: 2}}
          trades: {extends: robust, method: trades}
        views:
          - {id: benign}
          - {id: linf, attack: pgd-linf, epsilon: 16/255, steps: 2}
        layers: {include: [bn1, fc]}
        checkpoints:
        %s"""
            .formatted(folder.resolve("runs"), network, checkpoints));
  }

  Path spec() {
    return folder.resolve("sweep.yaml");
  }

  Path run() {
    return folder.resolve("runs/tiny");
  }

  Path checkpoint(String training, String file) {
    return run().resolve("checkpoints").resolve(training).resolve(file);
  }

  StateDict weights(String training, String file) {
    Path path = checkpoint(training, file);
    return CheckpointReader.read(path, path.toString());
  }

  /** Writes the spec with the adversarial training alone. */
  void robustAlone() throws IOException {
    checkpoints(
        "  - {id: \"robust-s{seed}\", network: wrn, train: robust, seeds: [0], keep: [1, best, last]}\n");
  }

  /** Kills a driver when the second epoch of the adversarial training is done. */
  void killInThirdEpoch(Driver driver) throws InterruptedException {
    driver.await(
        "the second epoch is done",
        () ->
            robustEpochs().toFile().isDirectory()
                && Arrays.stream(robustEpochs().toFile().list())
                    .anyMatch(it -> it.startsWith("epoch-00002")));
    driver.kill();
  }

  Path robustEpochs() {
    return run().resolve("training/checkpoint=robust-s0");
  }

  void assertSameRobustFiles(TrainingSweep other) {
    for (String file : List.of("epoch-1.pth", "best.pth", "epoch-3.pth", "momenta-3.pth")) {
      assertThat(checkpoint("robust-s0", file))
          .hasSameBinaryContentAs(other.checkpoint("robust-s0", file));
    }
  }

  void assertAllAreCompared() throws SQLException {
    assertThat(
            RunContents.query(
                "select distinct a_checkpoint from read_parquet('%s/similarities/*.parquet') order by 1"
                    .formatted(run())))
        .containsExactly(
            "plain-s0-epoch-0",
            "plain-s0-epoch-3",
            "robust-s0-best",
            "robust-s0-epoch-1",
            "robust-s0-epoch-3");
  }

  CommandResult command(String name, String... options) {
    return CommandResult.of(arguments(name, options));
  }

  String[] arguments(String name, String... options) {
    List<String> arguments = new ArrayList<>(List.of(name, spec().toString()));
    Collections.addAll(arguments, options);
    return arguments.toArray(String[]::new);
  }
}
