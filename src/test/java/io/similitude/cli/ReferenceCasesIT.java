package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.SharedSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sweeps of files that gave wrong numbers: large means, constant and tiny features, examples that
 * fill no batch, ties. expected.py has made what NumPy and SciPy say of them.
 */
final class ReferenceCasesIT {
  private static final Path CASES = Path.of("src/test/resources/cases").toAbsolutePath();

  /** Gram matrices are stored in float32. */
  private static final double FLOAT32 = 1e-4;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    SharedSpark.session();
  }

  @ParameterizedTest
  @CsvSource({"01-hsic-nan, hsic", "03-ragged-97, ragged", "06-rsa-ties, ties"})
  void everyRowIsAsExpected(String name, String sweep) throws Exception {
    String spec = CASES.resolve(name).resolve("sweep.yaml").toString();

    CommandResult result = CommandResult.of("run", spec, "--output", folder.toString());

    assertThat(result.status()).as(result.error()).isZero();
    Map<String, String> rows = rows(folder.resolve(sweep));
    List<String> expected = Files.readAllLines(CASES.resolve(name).resolve("expected.csv"));
    assertThat(expected).isNotEmpty();
    for (String line : expected) {
      int end = line.lastIndexOf(';');
      assertIs(rows.get(line.substring(0, end)), line.substring(end + 1), line);
    }
  }

  private static void assertIs(String value, String expected, String line) {
    assertThat(value).as(line).isNotNull();
    if (Character.isLetter(expected.charAt(0))) {
      assertThat(value).as(line).isEqualTo(expected);
    } else {
      assertThat(Double.parseDouble(value))
          .as(line)
          .isEqualTo(Double.parseDouble(expected), within(FLOAT32));
      assertThat(Double.parseDouble(value)).as(line).isLessThanOrEqualTo(most(line));
    }
  }

  /** No correlation and no overlap is above 1 by rounding. */
  private static double most(String line) {
    return line.startsWith("procrustes") || line.startsWith("angular") ? 2 : 1;
  }

  /** Values, or the status where there is none, by measure and pair. */
  private static Map<String, String> rows(Path run) throws Exception {
    Map<String, String> rows = new HashMap<>();
    String measure = "concat_ws(' ', metric, kernel, estimator, bias, parameters)";
    for (String row :
        RunContents.query(
            "select concat_ws(';', %s, a_layer, b_layer, coalesce(value::varchar, status)) from read_parquet('%s/similarities/*.parquet')"
                .formatted(measure, run))) {
      int end = row.lastIndexOf(';');
      rows.put(row.substring(0, end), row.substring(end + 1));
    }
    return rows;
  }
}
