package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks that attacks have trouble with: without a gradient, with one that is not finite, with
 * saturated logits, with few classes. src/test/resources/attacks/gen.py made them (PyTorch 1.13).
 */
final class AttackCasesIT {
  private static final Path CASES = Path.of("src/test/resources/attacks");

  @TempDir static Path folder;

  private static CommandResult result;

  @BeforeAll
  static void run() throws IOException {
    SharedSpark.session();
    try (var files = Files.list(CASES)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    result =
        CommandResult.of(
            "run", folder.resolve("sweep.yaml").toString(), "--output", folder + "/out");
  }

  @Test
  void whatCannotBeShownCostsItsOwnUnitsAndTheReportIsMade() {
    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(folder.resolve("out/attacks/report/index.html")).exists();
  }

  /** The first two images are black, and the network norm divides 0 by 0. */
  @Test
  void allExamplesThatMakeALayerNotFiniteAreNamed() throws Exception {
    assertThat(
            query(
                "select cause from read_parquet('%s/failures/*.parquet') where checkpoint = 'norm'"
                    + " and view = 'benign'"))
        .hasSize(1)
        .allSatisfy(
            cause ->
                assertThat(cause)
                    .contains(
                        "Cannot compare layer ", "its values for examples 0, 1 are not finite"));
  }

  @Test
  void accuraciesOfTheOthersAreWhatTheyWere() throws Exception {
    List<String> expected = Files.readAllLines(CASES.resolve("accuracies.tsv"));
    assertThat(
            query(
                """
                select checkpoint || '\t' || view || '\t' || count(*) || '\t'
                  || count(*) filter (where correct)
                from read_parquet('%s/predictions/**/*.parquet', hive_partitioning = true)
                where checkpoint not in ('norm', 'sqrt') group by checkpoint, view order by 1"""))
        .containsExactlyElementsOf(expected);
  }

  /** The derivative of the square root is infinite at 0; the other examples are attacked. */
  @Test
  void anExampleWhoseGradientIsNotFiniteCostsNoOther() throws Exception {
    assertThat(gradients("sqrt", "linf")).containsExactly("not-finite 2", "usable 22");
    assertThat(
            query(
                """
                select max(perturbation_linf) <= 0.1001 and min(perturbation_linf) > 0.09
                from read_parquet('%s/predictions/**/*.parquet', hive_partitioning = true)
                where checkpoint = 'sqrt' and view = 'linf' and example_id > 2"""))
        .containsExactly("true");
  }

  @Test
  void aNetworkThatRoundsItsInputHasNoGradientAnywhere() throws Exception {
    assertThat(gradients("round", "fgsm")).containsExactly("zero 24");
    assertThat(gradients("ten", "fgsm")).containsExactly("usable 24");
    assertThat(gradients("ten", "benign")).containsExactly("none 24");
  }

  @Test
  void theReportSaysWhoMasksGradients() throws IOException {
    String page = Files.readString(folder.resolve("out/attacks/report/index.html"));

    assertThat(page)
        .contains("round masks its gradients under the view fgsm")
        .doesNotContain("ten masks its gradients");
  }

  /**
   * The targeted ratio of differences wants four classes, and a target is a class: what has fewer
   * is refused by name, and the rest is done.
   */
  @Test
  void aTargetThatANetworkDoesNotHaveCostsThatViewOfThatNetwork() throws Exception {
    CommandResult targeted =
        CommandResult.of(
            "run", folder.resolve("target-dlr.yaml").toString(), "--output", folder + "/out");

    assertThat(targeted.status()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(targeted.error().lines().limit(4))
        .containsExactly(
            "ERROR 3 x two: Cannot attack with apgd-dlr: its loss needs 4 classes, the network has 2 (use apgd-ce)",
            "ERROR 3 x two: Cannot attack with target 7: the network has classes 0 to 1 (must be one of them)",
            "ERROR 3 x three: Cannot attack with apgd-dlr: its loss needs 4 classes, the network has 3 (use apgd-ce)",
            "ERROR 3 x three: Cannot attack with target 7: the network has classes 0 to 2 (must be one of them)");
    assertThat(
            RunContents.query(
                """
                select checkpoint || ' ' || view || ' ' || count(*) || ' '
                  || (coalesce(max(perturbation_linf), 0) < 0.1001)
                from read_parquet('%s/out/tdlr/predictions/**/*.parquet', hive_partitioning = true)
                group by checkpoint, view order by 1"""
                    .formatted(folder)))
        .containsExactly(
            "ten benign 24 true",
            "ten t7 24 true",
            "ten tdlr 24 true",
            "three benign 24 true",
            "two benign 24 true");
    assertThat(margin("tdlr", 1)).isGreaterThan(margin("benign", 1) + 0.5);
    assertThat(margin("t7", 7)).isGreaterThan(margin("benign", 7) + 0.5);
  }

  /** By how much the network of ten classes prefers a class to its others, on average. */
  private static double margin(String view, int label) throws Exception {
    return Double.parseDouble(
        RunContents.query(
                """
                select avg(logits[%2$d] - list_max(logits[:%2$d - 1] || logits[%2$d + 1:]))
                from read_parquet('%1$s/out/tdlr/predictions/**/*.parquet', hive_partitioning = true)
                where checkpoint = 'ten' and view = '%3$s'"""
                    .formatted(folder, label + 1, view))
            .get(0));
  }

  private static List<String> gradients(String checkpoint, String view) throws Exception {
    return query(
        """
        select coalesce(gradient, 'none') || ' ' || count(*)
        from read_parquet('%%s/predictions/**/*.parquet', hive_partitioning = true)
        where checkpoint = '%s' and view = '%s' group by gradient order by 1"""
            .formatted(checkpoint, view));
  }

  private static List<String> query(String sql) throws Exception {
    return RunContents.query(sql.formatted(folder.resolve("out/attacks")));
  }
}
