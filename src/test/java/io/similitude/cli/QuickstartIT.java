package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.SharedSpark;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quickstart as it stands, against NumPy and PyTorch 1.13 on the same networks and images
 * (src/test/resources/quickstart/copy_reference.py).
 */
final class QuickstartIT {
  private static final int LAYERS = 43;
  private static final Path EXPECTED = Path.of("src/test/resources/quickstart");

  /** Of float32 activations and Gram matrices against float64. */
  private static final double SAME = 1e-4;

  /** With an attack before: the sign of a gradient near 0 may differ. */
  private static final double SAME_ATTACKED = 2e-3;

  @TempDir static Path output;
  private static Path run;

  /** The reference's sites, a line each: checkpoint, view, layer, features. */
  private static List<String> sites;

  private static double[] expected;
  private static double[] actual;

  @BeforeAll
  static void run() throws IOException {
    SharedSpark.session();
    done("run", "jobs/quickstart/sweep.yaml", "--output=" + output);
    run = output.resolve("fashion-mnist-quickstart");
    Path exported = output.resolve("cka.npy");
    done("export", run.toString(), "--table=similarities", "--format=npy", "--to=" + exported);
    sites = Files.readAllLines(EXPECTED.resolve("sites.txt"));
    expected = matrix(EXPECTED.resolve("cka.npy"));
    actual = matrix(exported);
  }

  @Test
  void similaritiesOfImagesAsTheyAreAreThoseOfNumPy() {
    assertSame(" benign ", SAME);
  }

  @Test
  void similaritiesUnderAttackAreThoseOfNumPy() {
    assertSame(" ", SAME_ATTACKED);
  }

  @Test
  void accuraciesAreThoseOfPyTorch() throws Exception {
    List<String> accuracies =
        RunContents.query(
            "select checkpoint || ' ' || view || ' ' || avg(correct::int) from read_parquet('%s/predictions/**/*.parquet') group by checkpoint, view order by 1"
                .formatted(run));

    assertThat(accuracies).hasSize(4).contains("robust benign 0.769", "standard benign 0.894");
    assertThat(accuracyUnderAttack("standard", accuracies)).isCloseTo(0.0, within(0.005));
    assertThat(accuracyUnderAttack("robust", accuracies)).isCloseTo(0.68, within(0.005));
  }

  /** The paper's finding. */
  @Test
  void theRobustNetworkHardlyMovesUnderAttackAndTheStandardOneDriftsApartWithDepth() {
    double[] robust = benignAgainstAttacked("robust");
    double[] standard = benignAgainstAttacked("standard");

    assertThat(robust).hasSize(LAYERS);
    for (double value : robust) {
      assertThat(value).isGreaterThan(0.98);
    }
    assertThat(standard[0]).isGreaterThan(0.95);
    assertThat(standard[LAYERS - 1]).isCloseTo(0.24, within(0.02));
  }

  @Test
  void layersHavePyTorchsNamesOrderAndFeatures() throws Exception {
    for (String checkpoint : List.of("standard", "robust")) {
      String benign = checkpoint + " benign ";
      assertThat(
              RunContents.query(
                  "select '%s' || layer || ' ' || features from read_parquet('%s/layers/**/*.parquet') where checkpoint = '%s' order by position"
                      .formatted(benign, run, checkpoint)))
          .hasSize(LAYERS)
          .isEqualTo(sites.stream().filter(site -> site.startsWith(benign)).toList());
    }
  }

  @Test
  void theReportShowsBothNetworksWithTheirTrainingAndAccuracies() throws IOException {
    assertThat(run.resolve("report/index.html"))
        .content()
        .contains("standard", "robust", "pgd-linf", "89.4", "76.9", "68.0");
  }

  private static void assertSame(String views, double tolerance) {
    int compared = 0;
    for (int a = 0; a < sites.size(); a++) {
      for (int b = 0; b < sites.size(); b++) {
        if (sites.get(a).contains(views) && sites.get(b).contains(views)) {
          assertThat(actual[exported(a) * sites.size() + exported(b)])
              .as("%s and %s", sites.get(a), sites.get(b))
              .isCloseTo(expected[a * sites.size() + b], within(tolerance));
          compared++;
        }
      }
    }
    int of = views.isBlank() ? 4 * LAYERS : 2 * LAYERS;
    assertThat(compared).isEqualTo(of * of);
  }

  /** CKA of each layer with itself under attack. */
  private static double[] benignAgainstAttacked(String checkpoint) {
    return sites.stream()
        .filter(site -> site.startsWith(checkpoint + " benign "))
        .mapToInt(sites::indexOf)
        .mapToDouble(i -> actual[exported(i) * sites.size() + exported(i + LAYERS)])
        .toArray();
  }

  /**
   * Where a site of the reference is in the export, which sorts checkpoints by id: robust,
   * standard.
   */
  private static int exported(int site) {
    return (site + 2 * LAYERS) % (4 * LAYERS);
  }

  private static double accuracyUnderAttack(String checkpoint, List<String> accuracies) {
    String site = checkpoint + " linf ";
    return accuracies.stream()
        .filter(line -> line.startsWith(site))
        .mapToDouble(line -> Double.parseDouble(line.substring(site.length())))
        .findFirst()
        .orElseThrow();
  }

  private static double[] matrix(Path file) {
    NpyArray array = NpyArray.read(file.toString(), FileAccess.local());
    assertThat(array.shape()).containsExactly(4 * LAYERS, 4 * LAYERS);
    return array.doubles();
  }

  private static void done(String... arguments) {
    CommandResult result = CommandResult.of(arguments);
    assertThat(result.status()).as(result.error()).isZero();
  }
}
