package io.similitude.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.SharedSpark;
import io.similitude.dataset.NpyArray;
import io.similitude.files.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quickstart against NumPy and PyTorch 1.13 on the same networks and images
 * (src/test/resources/quickstart/slice.py).
 */
final class QuickstartIT {
  private static final int LAYERS = 43;
  private static final Path EXPECTED = Path.of("src/test/resources/quickstart");

  /** Of float32 activations and Gram matrices against float64. */
  private static final double SAME = 1e-4;

  @TempDir static Path output;
  private static Path run;

  @BeforeAll
  static void run() {
    SharedSpark.session();
    CommandResult result =
        CommandResult.of(
            "run",
            "jobs/quickstart/sweep.yaml",
            "--output=" + output,
            // The attack takes a minute; the main job runs it.
            "--set=views=[{id: benign}]");
    assertThat(result.status()).as(result.error()).isZero();
    run = output.resolve("fashion-mnist-quickstart");
  }

  @Test
  void allSimilaritiesAreThoseOfNumPy() {
    NpyArray expected = npy(EXPECTED.resolve("cka_benign.npy"));
    assertThat(expected.shape()).containsExactly(2 * LAYERS, 2 * LAYERS);
    Path exported = output.resolve("cka.npy");
    CommandResult export =
        CommandResult.of(
            "export", run.toString(), "--table=similarities", "--format=npy", "--to=" + exported);
    assertThat(export.status()).as(export.error()).isZero();

    NpyArray actual = npy(exported);
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double[] values = actual.doubles();
    for (int i = 0; i < values.length; i++) {
      // The export sorts checkpoints by id: robust, standard; the reference has the spec's order.
      int reference = swapped(i / (2 * LAYERS)) * 2 * LAYERS + swapped(i % (2 * LAYERS));
      assertThat(values[i])
          .as("row %d, column %d", i / (2 * LAYERS), i % (2 * LAYERS))
          .isCloseTo(expected.doubles()[reference], within(SAME));
    }
  }

  @Test
  void accuraciesAreThoseOfPyTorch() throws Exception {
    assertThat(
            RunContents.query(
                "select checkpoint || ' ' || avg(correct::int) from read_parquet('%s/predictions/**/*.parquet') group by checkpoint order by 1"
                    .formatted(run)))
        .containsExactly("robust 0.769", "standard 0.894");
  }

  @Test
  void layersHavePyTorchsNamesOrderAndFeatures() throws Exception {
    List<String> expected = Files.readAllLines(EXPECTED.resolve("layers.txt"));
    assertThat(expected).hasSize(LAYERS);

    for (String checkpoint : List.of("standard", "robust")) {
      assertThat(
              RunContents.query(
                  "select layer || ' ' || features from read_parquet('%s/layers/**/*.parquet') where checkpoint = '%s' order by position"
                      .formatted(run, checkpoint)))
          .isEqualTo(expected);
    }
  }

  @Test
  void theReportShowsBothNetworksWithTheirTrainingAndAccuracy() throws IOException {
    assertThat(run.resolve("report/index.html"))
        .content()
        .contains("standard", "robust", "pgd-linf", "89.4", "76.9");
  }

  private static int swapped(int site) {
    return (site + LAYERS) % (2 * LAYERS);
  }

  private static NpyArray npy(Path file) {
    return NpyArray.read(file.toString(), FileAccess.local());
  }
}
