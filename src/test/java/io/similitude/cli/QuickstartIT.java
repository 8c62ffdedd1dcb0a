package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.SharedSpark;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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

  /** Numbers of benign images; those under attack hang on signs of gradients near 0. */
  @Test
  void findingsAreThoseOfNumPy() throws Exception {
    JsonNode numbers = json("quickstart-expected.json");
    for (String checkpoint : List.of("standard", "robust")) {
      for (String view : List.of("benign", "linf")) {
        String name = checkpoint + "/" + view + " ";
        double same = view.equals("benign") ? 3e-4 : 3e-3;
        found(
            "long-range", checkpoint, view, numbers.get(name + "long range (>= half depth)"), same);
        found("mean-similarity", checkpoint, view, numbers.get(name + "mean off-diagonal"), same);
        found(
            "equal-lag-contrast",
            checkpoint,
            view,
            numbers.get(name + "equal-lag contrast, found blocks"),
            same);
      }
      found(
          "slope",
          checkpoint,
          "benign",
          numbers.get(checkpoint + " sensitivity slope over depth"),
          3e-3);
    }
    assertThat(
            RunContents.query(
                "select a || ' ' || view || ' ' || decision from read_parquet('%s/findings/*.parquet') where statistic = 'equal-lag-contrast' order by 1"
                    .formatted(run)))
        .containsExactly(
            "robust benign absent",
            "robust linf absent",
            "standard benign absent",
            "standard linf present");
  }

  @Test
  void firstComponentsAreAlignedAndDoNotDominate() throws Exception {
    JsonNode numbers = json("quickstart-attribution.json");
    for (String checkpoint : List.of("standard", "robust")) {
      JsonNode expected = numbers.get("dominance " + checkpoint + "/benign");
      assertThat(number("first-component-alignment", checkpoint, "benign", ""))
          .isCloseTo(expected.get("alignment").asDouble(), within(1e-3));
      assertThat(number("first-component-squared-share", checkpoint, "benign", ""))
          .isCloseTo(expected.get("pc1_squared_share").asDouble(), within(1e-3));
      assertThat(number("similarity-of-first-component", checkpoint, "benign", ""))
          .isCloseTo(
              expected.get("cka").asDouble() - expected.get("cka_minus_pc1").asDouble(),
              within(1e-3));
    }
    assertThat(
            RunContents.query(
                "select distinct detail from read_parquet('%s/findings/*.parquet') where statistic = 'first-component-alignment'"
                    .formatted(run)))
        .containsExactly("not dominated");
  }

  @Test
  void influencesAreThoseOfNumPy() throws Exception {
    for (String checkpoint : List.of("standard", "robust")) {
      JsonNode last = json("quickstart-attribution.json").get(checkpoint).get(LAYERS - 2);
      assertThat(last.get("layer").asText()).isEqualTo("avgpool");
      assertThat(number("half-of-loss", checkpoint, "benign", "avgpool"))
          .isCloseTo(last.get("n_half").asDouble(), within(5.0));
      for (int c = 0; c < 10; c++) {
        assertThat(share(checkpoint, c))
            .isCloseTo(last.get("by_class").get(c).asDouble(), within(0.01));
      }
    }
    assertThat(
            RunContents.query(
                "select a || ' ' || status from read_parquet('%s/findings/*.parquet') where statistic = 'fooled-area' and layer = 'avgpool' order by 1"
                    .formatted(run)))
        .containsExactly("robust ok", "standard all-fooled");
    assertThat(number("fooled-area", "robust", "benign", "avgpool"))
        .isCloseTo(
            json("quickstart-attribution.json").get("robust").get(LAYERS - 2).get("auc").asDouble(),
            within(0.02));
  }

  /** docs/python/similitude_run.py; python3, or what SIMILITUDE_PYTHON names. */
  @Test
  void thePythonReaderHasTheSameMatrices() throws Exception {
    String python = Objects.requireNonNullElse(System.getenv("SIMILITUDE_PYTHON"), "python3");
    assumeThat(printed(python, "import pandas, pyarrow; print('ok')"))
        .as("%s has no pandas or no pyarrow: the Python reader is not tested", python)
        .isEqualTo("ok");
    String program =
        """
        import sys
        sys.path.insert(0, 'docs/python')
        import similitude_run
        run = similitude_run.load('%s')
        for a, b in [('standard/benign', 'robust/benign'), ('robust/linf', 'standard/benign'), ('robust/benign', 'robust/benign')]:
            m = run.matrix(a, b)
            print(a, b, *m.shape, m.index[3], m.columns[7], repr(float(m.iloc[3, 7])))
        print(len(run.table('findings').query("decision == 'present'")))
        """
            .formatted(run);
    List<String> lines = printed(python, program).lines().toList();
    assertThat(lines).hasSize(4);
    for (String line : lines.subList(0, 3)) {
      String[] words = line.split(" ", -1);
      assertThat(words[2] + " " + words[3]).isEqualTo(LAYERS + " " + LAYERS);
      int row = place(words[0].replace("/", " ")) + 3;
      int column = place(words[1].replace("/", " ")) + 7;
      assertThat(sites.get(row)).contains(words[4]);
      assertThat(sites.get(column)).contains(words[5]);
      assertThat(Double.parseDouble(words[6]))
          .isCloseTo(actual[row * sites.size() + column], within(1e-12));
    }
    assertThat(lines.get(3)).isEqualTo("1");
  }

  private static int place(String shown) {
    for (int i = 0; i < sites.size(); i++) {
      if (sites.get(i).startsWith(shown + " ")) {
        return i;
      }
    }
    throw new AssertionError(shown);
  }

  /** What a Python program prints; empty where it fails or there is no Python. */
  private static String printed(String python, String program) throws Exception {
    Path out = Files.createTempFile(output, "python", ".txt");
    try {
      Process process =
          new ProcessBuilder(python, "-c", program)
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return process.waitFor() == 0 ? Files.readString(out).strip() : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static double share(String checkpoint, int number) throws Exception {
    return Double.parseDouble(
        RunContents.query(
                "select share from read_parquet('%s/influences/*.parquet') where kind = 'class' and layer = 'avgpool' and checkpoint = '%s' and id = %d"
                    .formatted(run, checkpoint, number))
            .get(0));
  }

  private static void found(
      String statistic, String checkpoint, String view, JsonNode expected, double same)
      throws Exception {
    assertThat(number(statistic, checkpoint, view, ""))
        .as("%s of %s under %s", statistic, checkpoint, view)
        .isCloseTo(expected.get(0).asDouble(), within(same));
  }

  private static double number(String statistic, String checkpoint, String view, String layer)
      throws Exception {
    return Double.parseDouble(
        RunContents.query(
                "select value from read_parquet('%s/findings/*.parquet') where statistic = '%s' and a = '%s' and b is null and view = '%s' and layer %s"
                    .formatted(
                        run,
                        statistic,
                        checkpoint,
                        view,
                        layer.isEmpty() ? "is null" : "= '" + layer + "'"))
            .get(0));
  }

  private static JsonNode json(String name) throws IOException {
    String text = Files.readString(Path.of("src/test/resources/findings").resolve(name));
    return new ObjectMapper().readTree(text.replace("NaN", "null"));
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
