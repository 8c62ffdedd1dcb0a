package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of torch.export in a whole sweep, beside the same ones as TorchScript. */
final class GraphNetworkIT {
  private static final Path PAIRS = Path.of("src/test/resources/torch-export/pairs");

  @TempDir Path folder;
  private TinySweep sweep;

  @BeforeAll
  static void startSpark() {
    SharedSpark.session();
  }

  @BeforeEach
  void write() throws IOException {
    sweep = TinySweep.in(folder.resolve("sweep"));
    for (String file : List.of("traced.pt", "free.pt2", "one.pt2")) {
      Files.copy(PAIRS.resolve("shufflenet").resolve(file), sweep.path(file));
    }
    Files.copy(PAIRS.resolve("swin/four.pt2"), sweep.path("swin-four.pt2"));
    Files.copy(PAIRS.resolve("swin/free.pt2"), sweep.path("swin-free.pt2"));
    byte[] whole = Files.readAllBytes(sweep.path("free.pt2"));
    Files.write(sweep.path("torn.pt2"), Arrays.copyOf(whole, whole.length / 2));
    spec(
        """
        networks:
          template: {exported: free.pt2}
        checkpoints:
          - {id: traced, torchscript: traced.pt}
          - {id: free, exported: free.pt2}
          - {id: other-key, torchscript: free.pt2}
          - {id: template, network: template, weights: one.pt2}
          - {id: freed, exported: one.pt2}
          - {id: swin-free, exported: swin-free.pt2}
          - {id: swin-four, exported: swin-four.pt2}
          - {id: torn, exported: torn.pt2}
        layers: {include: ["*"], features: full}
        """);
  }

  @Test
  void exportsInEveryPlaceAreTheSameNetwork() throws Exception {
    CommandResult result = sweep.command("run");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(
            RunContents.query(
                "select checkpoint || ' ' || cause from read_parquet('%s/failures/*.parquet')"
                    .formatted(sweep.run())))
        .hasSize(1)
        .allSatisfy(row -> assertThat(row).startsWith("torn Cannot read").contains("torn.pt2"));
    for (String checkpoint : List.of("free", "other-key", "template", "freed")) {
      assertThat(predictions(checkpoint)).as(checkpoint).isEqualTo(predictions("traced"));
    }
    assertThat(predictions("swin-four")).isEqualTo(predictions("swin-free"));
    assertThat(sameLayers("traced", "free")).containsExactly("61 true");
    assertThat(sameLayers("traced", "freed")).containsExactly("61 true");
    assertThat(sameLayers("swin-free", "swin-four")).containsExactly("55 true");
  }

  @Test
  void planSaysHowAFixedBatchIsShown() throws Exception {
    CommandResult result = sweep.command("plan");

    assertThat(result.out() + result.error())
        .contains(
            "Network swin-four: it was exported for batches of exactly 4: shown in passes of 4, of which the last is filled up")
        .contains(
            "Network freed: it was exported for batches of 1; it has been freed to take any number of images");
  }

  /** How many layers two networks share, and whether each is the same in both. */
  private List<String> sameLayers(String a, String b) throws Exception {
    return RunContents.query(
        """
        select count(*) || ' ' || (min(value) > 1 - 1e-4)
        from read_parquet('%s/similarities/**/*.parquet')
        where a_checkpoint = '%s' and b_checkpoint = '%s' and a_layer = b_layer"""
            .formatted(sweep.run(), a, b));
  }

  private List<String> predictions(String checkpoint) throws Exception {
    List<String> rows =
        RunContents.query(
            """
            select batch || ' ' || example_id || ' ' || predicted
            from read_parquet('%s/predictions/**/*.parquet')
            where checkpoint = '%s' order by batch, example_id"""
                .formatted(sweep.run(), checkpoint));
    assertThat(rows).hasSize(TinySweep.EXAMPLES);
    return rows;
  }

  private void spec(String rest) throws IOException {
    String spec = Files.readString(sweep.spec());
    // The networks have 5 classes, the labels 10.
    String data = spec.substring(0, spec.indexOf("networks:"));
    data = data.replace("dataset:\n", "dataset:\n  unchecked: [labels]\n");
    Files.writeString(sweep.spec(), data + rest);
  }
}
