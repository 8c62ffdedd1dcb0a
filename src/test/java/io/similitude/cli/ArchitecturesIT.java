package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks of two architectures in one sweep, each with a checkpoint that PyTorch has saved
 * (src/test/resources/architectures/generate.py).
 */
final class ArchitecturesIT {
  private static final Path CHECKPOINTS = Path.of("src/test/resources/architectures");
  private static final String NETWORKS =
      """
      networks:
        theirs: {architecture: resnet-18, width: 2, classes: 10}
        robust:
          architecture: preact-resnet-18
          width: 2
          classes: 10
          shortcut: input
          normalize: {mean: [0.4914, 0.4822, 0.4465], std: [0.2471, 0.2435, %s]}
      checkpoints:
        - {id: standard, network: theirs, weights: standard.pth}
        - {id: robust, network: robust, weights: robust.pth}
      views: [{id: benign}, {id: attacked, attack: pgd-linf, epsilon: 8/255, steps: 2}]
      """;

  @TempDir Path folder;
  private TinySweep sweep;

  @BeforeAll
  static void startSpark() {
    SharedSpark.session();
  }

  @BeforeEach
  void write() throws IOException {
    sweep = TinySweep.in(folder.resolve("sweep"));
    Files.copy(CHECKPOINTS.resolve("resnet-18.pth"), sweep.path("standard.pth"));
    Files.copy(CHECKPOINTS.resolve("preact-resnet-18-from-input.pth"), sweep.path("robust.pth"));
    String spec = Files.readString(sweep.spec());
    Files.writeString(sweep.spec(), spec.substring(0, spec.indexOf("networks:")));
  }

  @Test
  void twoArchitecturesAreExtractedAndCompared() throws Exception {
    networks("0.2616");

    CommandResult result = sweep.command("run");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.DONE.code());
    // 20 convolutions, 20 normalisations, 17 activations, a pooling and a classifier; the other has
    // 16 normalisations, and activations and pooling that are no modules.
    assertThat(
            RunContents.query(
                "select checkpoint || ' ' || count(*) from read_parquet('%s/layers/**/*.parquet') group by checkpoint order by 1"
                    .formatted(sweep.run())))
        .containsExactly("robust 37", "standard 59");
    assertThat(
            RunContents.query(
                """
                select count(*) || ' ' || count(value) from read_parquet('%s/similarities/**/*.parquet')
                where a_layer = b_layer and a_checkpoint = b_checkpoint and a_view = b_view"""
                    .formatted(sweep.run())))
        .containsExactly("192 192");
    assertThat(
            RunContents.query(
                """
                select distinct max(perturbation_linf) between 0.02 and 8 / 255 + 1e-6
                from read_parquet('%s/predictions/**/*.parquet') where view = 'attacked' group by checkpoint"""
                    .formatted(sweep.run())))
        .containsExactly("true");
  }

  @Test
  void layersAreListedUnderTheSourcesNames() throws Exception {
    networks("0.2616");

    CommandResult result = sweep.command("layers");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.DONE.code());
    assertThat(result.out())
        .contains("network theirs of standard: 59 of 75 layers are tapped")
        .contains("network robust of robust: 37 of 52 layers are tapped")
        .containsPattern("layer2\\.0\\.relu#1 +ReLU +4 x 4 x 4 +64")
        .containsPattern("layer2\\.0\\.shortcut\\.0 +Conv2d +4 x 16 x 16 +1024");
  }

  @Test
  void anotherNormalisationThanTheCheckpointsIsAnError() throws Exception {
    networks("0.25");

    CommandResult result = sweep.command("extract");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(
            RunContents.query(
                "select distinct cause from read_parquet('%s/failures/*.parquet')"
                    .formatted(sweep.run())))
        .singleElement()
        .asString()
        .contains("buffer sigma is [0.2471, 0.2435, 0.2616] there")
        .contains("the network's normalize says [0.2471, 0.2435, 0.25]");
  }

  private void networks(String lastDeviation) throws IOException {
    Files.writeString(
        sweep.spec(), Files.readString(sweep.spec()) + NETWORKS.formatted(lastDeviation));
  }
}
