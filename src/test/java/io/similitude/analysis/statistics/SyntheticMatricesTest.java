package io.similitude.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Matrices with known truth: synthetic.py (numpy 1.24), whose draws generate.py writes down. */
final class SyntheticMatricesTest {
  private static final ReferenceSums CASES = ReferenceSums.read("synthetic.npz");
  private static final JsonNode EXPECTED = ReferenceSums.json("synthetic.json");

  /** The most segments that are looked for, and the least layers of one, as there. */
  private static final int MOST = 12;

  private static final int LEAST = 2;

  static Stream<String> names() {
    return CASES.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void segmentsAndContrastsAreThoseOfNumpy(String name) {
    double[][] matrix = CASES.matrix(CASES.names().indexOf(name));
    JsonNode expected = EXPECTED.get(name);
    Segmentation segments = Segmentation.of(matrix, MOST, LEAST);
    int found = segments.least(0.8).orElse(MOST + 1);
    assertThat(found).isEqualTo(expected.get("n80").asInt());
    assertThat(segments.least(0.9).orElse(MOST + 1)).isEqualTo(expected.get("n90").asInt());
    int[] borders = segments.borders(Math.min(Math.max(found, 2), MOST));
    assertThat(IntStream.of(borders).asDoubleStream().toArray())
        .isEqualTo(ReferenceSums.numbers(expected.get("borders")));
    near(EqualLagContrast.of(matrix, borders).orElseThrow(), expected, "equal_lag");
    near(EqualLagContrast.raw(matrix, borders).orElseThrow(), expected, "raw");
  }

  @ParameterizedTest
  @MethodSource("names")
  void rangesAreThoseOfNumpy(String name) {
    double[][] matrix = CASES.matrix(CASES.names().indexOf(name));
    JsonNode expected = EXPECTED.get(name);
    near(LagCurve.longRange(matrix), expected, "long_range");
    near(LagCurve.offDiagonal(matrix), expected, "mean");
    near(LagCurve.halfDepth(matrix), expected, "half");
    near(LagCurve.participationRatio(matrix), expected, "participation");
  }

  @ParameterizedTest
  @MethodSource("names")
  void onlyTheEqualLagContrastTellsBlocksFromTheRest(String name) {
    double[][] matrix = CASES.matrix(CASES.names().indexOf(name));
    Segmentation segments = Segmentation.of(matrix, MOST, LEAST);
    int found = Math.min(Math.max(segments.least(0.8).orElse(MOST), 2), MOST);
    double contrast = EqualLagContrast.of(matrix, segments.borders(found)).orElseThrow();
    assertThat(contrast > 0.2).isEqualTo(EXPECTED.get(name).get("truth").asBoolean());
  }

  @Test
  void aToeplitzMatrixHasNoContrastWhateverTheBorders() {
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 3; n < 30; n++) {
      double[] byLag = random.doubles(n).toArray();
      double[][] matrix = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          matrix[i][j] = byLag[Math.abs(i - j)];
        }
      }
      int border = 1 + random.nextInt(n - 1);
      assertThat(EqualLagContrast.of(matrix, new int[] {border}).orElseThrow()).isZero();
    }
  }

  @Test
  void oneSegmentHasNoContrast() {
    assertThat(EqualLagContrast.of(new double[5][5], new int[0])).isEmpty();
    assertThat(EqualLagContrast.raw(new double[5][5], new int[0])).isEmpty();
  }

  @Test
  void theBestSegmentsAreBestOfAll() {
    double[][] matrix = CASES.matrix(CASES.names().indexOf("one block in a decay"));
    Segmentation segments = Segmentation.of(matrix, 3, 1);
    double best = 0;
    for (int i = 1; i < 39; i++) {
      for (int j = i + 1; j < 40; j++) {
        double sum = square(matrix, 0, i) + square(matrix, i, j) + square(matrix, j, 40);
        best = Math.max(best, sum / 40);
      }
    }
    assertThat(segments.explained(3)).isCloseTo(best, within(1e-12));
  }

  private static double square(double[][] matrix, int start, int end) {
    double sum = 0;
    for (int i = start; i < end; i++) {
      for (int j = start; j < end; j++) {
        sum += matrix[i][j];
      }
    }
    return sum / (end - start);
  }

  private static void near(double value, JsonNode expected, String key) {
    assertThat(value).as(key).isCloseTo(expected.get(key).asDouble(), within(1e-12));
  }
}
