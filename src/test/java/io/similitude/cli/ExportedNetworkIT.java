package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that somebody exported, in a whole sweep beside one that is built in. */
final class ExportedNetworkIT {
  private static final Path NETWORKS = Path.of("src/test/resources/networks");

  @TempDir Path folder;
  private TinySweep sweep;

  @BeforeAll
  static void startSpark() {
    SharedSpark.session();
  }

  @BeforeEach
  void write() throws IOException {
    sweep = TinySweep.in(folder.resolve("sweep"));
    Files.copy(NETWORKS.resolve("wide_resnet_10_1/traced.pt"), sweep.path("traced.pt"));
  }

  @Test
  void builtInTracedAndTemplateAreOneNetworkAndABadExportFailsItsOwnCheckpoints() throws Exception {
    byte[] traced = Files.readAllBytes(sweep.path("traced.pt"));
    Files.write(sweep.path("torn.pt"), Arrays.copyOf(traced, traced.length / 2));
    spec(
        """
        networks:
          wrn: {architecture: wide-resnet, depth: 10, width: 1, classes: 10}
          template: {torchscript: traced.pt}
          broken: {torchscript: torn.pt}
        checkpoints:
          - {id: exact, network: wrn, weights: exact.pth}
          - {id: traced, torchscript: traced.pt}
          - {glob: "ex*.pth", network: template, id: "t-{stem}"}
          - {id: broken, network: broken, weights: exact.pth}
          - {id: torn, torchscript: torn.pt}
        views: [{id: benign}, {id: attacked, attack: fgsm, epsilon: 8/255}]
        """);

    CommandResult result = sweep.command("run");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(result.lastLine()).startsWith("ERROR 2 failed, the rest is done and kept");
    assertThat(
            RunContents.query(
                "select checkpoint || ' ' || cause from read_parquet('%s/failures/*.parquet') order by 1"
                    .formatted(sweep.run())))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row).contains("torn.pt"));
    assertThat(predictions("traced")).isEqualTo(predictions("exact"));
    assertThat(predictions("t-exact")).isEqualTo(predictions("traced"));
    // The same layers of the same network: what differs are the last digits of float32.
    assertThat(
            RunContents.query(
                """
                select count(*) || ' ' || (min(value) > 1 - 1e-4) from read_parquet('%s/%s/**/*.parquet')
                where a_checkpoint = 'exact' and b_checkpoint = 'traced'
                  and a_view = 'benign' and b_view = 'benign' and a_layer = b_layer"""
                    .formatted(sweep.run(), Table.SIMILARITIES.folder())))
        .containsExactly(TinySweep.LAYERS + " true");
    assertThat(
            RunContents.query(
                """
                select max(perturbation_linf) > 0.03 from read_parquet('%s/predictions/**/*.parquet')
                where view = 'attacked' group by checkpoint"""
                    .formatted(sweep.run())))
        .containsExactly("true", "true", "true");
    assertThat(sweep.command("plan").out()).contains("extract: 12 of 12 units done");
  }

  @Test
  void layersOfATransformerAreAllModulesAndABadExportIsNamed() throws Exception {
    Files.copy(NETWORKS.resolve("vit_tiny/traced.pt"), sweep.path("vit.pt"));
    Files.writeString(sweep.path("bad.pt"), "no export at all");
    spec(
        """
        checkpoints:
          - {id: vit, torchscript: vit.pt}
          - {id: bad, torchscript: bad.pt}
        """);

    CommandResult result =
        sweep.command("layers", "--set", "dataset.transform=[{resize: 16}, {channels: 3}]");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(result.out())
        .containsPattern("network vit of vit: (\\d+) of \\1 layers are tapped")
        .contains("encoder.layers.encoder_layer_0.mlp.1");
    assertThat(result.lastLine()).startsWith("ERROR Cannot ").contains("bad.pt");
  }

  private List<String> predictions(String checkpoint) throws Exception {
    List<String> rows =
        RunContents.query(
            """
            select batch || ' ' || example_id || ' ' || predicted
            from read_parquet('%s/predictions/**/*.parquet')
            where checkpoint = '%s' and view = 'benign' order by batch, example_id"""
                .formatted(sweep.run(), checkpoint));
    assertThat(rows).hasSize(TinySweep.EXAMPLES);
    return rows;
  }

  /** The sweep with other networks and checkpoints. */
  private void spec(String networksAndCheckpoints) throws IOException {
    String spec = Files.readString(sweep.spec());
    Files.writeString(
        sweep.spec(), spec.substring(0, spec.indexOf("networks:")) + networksAndCheckpoints);
  }
}
