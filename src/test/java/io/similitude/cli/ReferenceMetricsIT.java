package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.SharedSpark;
import io.similitude.similarity.measure.ReferenceCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * NumPy's values from a spec: two arrays, no data set and no network, through files, Gram matrices
 * in float32 and the table of similarities.
 */
final class ReferenceMetricsIT {
  private static final Path CASES = Path.of("src/test/resources/metrics").toAbsolutePath();

  /** Of float32 Gram matrices, of which small directions lose digits. */
  private static final Offset<Double> FLOAT32 = within(1e-4);

  /** Of what goes through features in float64: angles near 0 have the root of its rounding. */
  private static final Offset<Double> FLOAT64 = within(1e-6);

  private static final String PARAMETERS = "coalesce(' ' || parameters, '')";

  /** What the reference calls a value, by the row of the table. */
  private static final Map<String, String> WHOLE = new LinkedHashMap<>();

  static {
    WHOLE.put("cka linear unbiased", "cka_linear_debiased");
    WHOLE.put("cka linear biased", "cka_linear_biased");
    WHOLE.put("cka rbf unbiased bandwidth=1.0", "cka_rbf_debiased");
    WHOLE.put("cka rbf biased bandwidth=1.0", "cka_rbf_biased");
    WHOLE.put("angular-cka linear biased", "angular_cka_biased");
    WHOLE.put("procrustes", "procrustes_distance");
    WHOLE.put("cca", "cca_mean");
    WHOLE.put("pwcca", "pwcca");
    WHOLE.put("svcca variance=0.99", "svcca_99");
  }

  private static final Map<String, String> BATCHES =
      Map.of(
          "cka linear unbiased", "cka_linear_minibatch_unbiased",
          "cka linear biased", "cka_linear_minibatch_biased");

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    SharedSpark.session();
  }

  @ParameterizedTest
  @MethodSource("io.similitude.similarity.measure.ReferenceCase#names")
  void everyValueOfEveryCase(String name) throws Exception {
    ReferenceCase expected = ReferenceCase.read(name);
    Map<String, String> whole = run(name, "whole", expected.n(), "minibatch");
    Map<String, String> batches = run(name, "batches", expected.batch(), "minibatch");
    Map<String, String> exact = run(name, "exact", expected.batch(), "exact");

    assertThat(whole.keySet()).containsExactlyInAnyOrderElementsOf(WHOLE.keySet());
    assertThat(exact.keySet()).containsExactlyInAnyOrderElementsOf(WHOLE.keySet());
    WHOLE.forEach((row, key) -> assertIs(whole.get(row), expected, key, FLOAT32));
    WHOLE.forEach((row, key) -> assertIs(exact.get(row), expected, key, FLOAT64));
    BATCHES.forEach((row, key) -> assertIs(batches.get(row), expected, key, FLOAT32));
  }

  /** CCA means nothing where features fill the space, and the reference leaves it out. */
  private static void assertIs(
      String value, ReferenceCase expected, String key, Offset<Double> tolerance) {
    if (expected.has(key)) {
      assertThat(Double.parseDouble(value)).as(key).isEqualTo(expected.expected(key), tolerance);
    } else {
      assertThat(value).as(key).isEqualTo("more-features-than-examples");
    }
  }

  /** The value of x with y by each measure's name, or the status where there is none. */
  private Map<String, String> run(String name, String sweep, int batch, String estimator)
      throws IOException, SQLException {
    Path spec =
        Files.writeString(folder.resolve(sweep + ".yaml"), spec(name, sweep, batch, estimator));

    CommandResult result = CommandResult.of("run", spec.toString());

    assertThat(result.status()).as(result.error()).isZero();
    List<String> rows =
        RunContents.query(
            "select metric || coalesce(' ' || kernel, '') || coalesce(' ' || bias, '') || %s || '=>' || coalesce(value::varchar, status) from read_parquet('%s/similarities/*.parquet') where a_layer = 'x' and b_layer = 'y'"
                .formatted(PARAMETERS, folder.resolve(sweep)));
    Map<String, String> values = new LinkedHashMap<>();
    for (String row : rows) {
      int end = row.indexOf("=>");
      values.put(row.substring(0, end), row.substring(end + 2));
    }
    return values;
  }

  private String spec(String name, String sweep, int batch, String estimator) {
    return """
        sweep: %1$s
        output: %2$s
        batch: %3$d
        representations:
          - {checkpoint: numpy, layer: x, file: %4$s/x.npy}
          - {checkpoint: numpy, layer: y, file: %4$s/y.npy}
        similarities:
          - {metric: cka, estimator: %5$s}
          - {metric: cka, bias: biased, estimator: %5$s}
          - {metric: cka, kernel: rbf, estimator: %5$s}
          - {metric: cka, kernel: rbf, bias: biased, estimator: %5$s}
          - {metric: angular-cka, estimator: %5$s}
          - {metric: procrustes, estimator: %5$s}
          - {metric: cca, estimator: %5$s}
          - {metric: pwcca, estimator: %5$s}
          - {metric: svcca, estimator: %5$s}
        """
        .formatted(sweep, folder, batch, CASES.resolve(name), estimator);
  }
}
