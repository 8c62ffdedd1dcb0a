package io.similitude.similarity.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class PartialCkaTest {
  @Test
  void givenNothingIsCka() {
    assertThat(PartialCka.of(new double[][] {{4, 3}, {3, 9}}).value().orElseThrow())
        .isEqualTo(0.5, within(1e-15));
  }

  @Property(tries = 50)
  void givenOneIsThePartialCorrelation(@ForAll long seed) {
    double[][] r = correlations(new Random(seed), 3);
    double expected =
        (r[0][1] - r[0][2] * r[1][2])
            / Math.sqrt((1 - r[0][2] * r[0][2]) * (1 - r[1][2] * r[1][2]));

    // Two subtractions of numbers near 1 cost digits where little is left.
    assertThat(PartialCka.of(r).value().orElseThrow()).isEqualTo(expected, within(1e-9));
  }

  @Property(tries = 50)
  void givenMoreIsTheCorrelationOfResiduals(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] vectors = Features.normal(random, 5, 40);
    double[][] rest = new double[][] {vectors[0].clone(), vectors[1].clone()};
    double[][] basis = orthonormal(copy(vectors, 2));
    for (double[] row : rest) {
      for (double[] direction : basis) {
        subtract(row, direction);
      }
    }
    double expected =
        Features.dot(rest[0], rest[1])
            / Math.sqrt(Features.dot(rest[0], rest[0]) * Features.dot(rest[1], rest[1]));

    assertThat(PartialCka.of(products(vectors)).value().orElseThrow())
        .isEqualTo(expected, within(1e-12));
  }

  @Property(tries = 50)
  void theOrderAndRepetitionOfTheGivenDoNotMatter(@ForAll long seed) {
    double[][] v = Features.normal(new Random(seed), 4, 10);

    double once = value(v[0], v[1], v[2], v[3]);

    assertThat(value(v[0], v[1], v[3], v[2])).isEqualTo(once, within(1e-11));
    assertThat(value(v[0], v[1], v[2], v[2], v[3])).isEqualTo(once, within(1e-6));
    assertThat(value(v[0], v[1], v[2], v[3], new double[10])).isEqualTo(once, within(1e-15));
  }

  @Property(tries = 30)
  void theStandardErrorIsThatOfTheJackknifeUpToItsOrder(@ForAll long seed) {
    Random random = new Random(seed);
    List<double[][]> batches = new ArrayList<>();
    for (int b = 0; b < 200; b++) {
      double[][] v = Features.normal(random, 4, 30);
      for (int j = 0; j < 30; j++) {
        v[0][j] += v[2][j];
        v[1][j] += v[2][j] + 0.5 * v[0][j];
      }
      batches.add(products(v));
    }

    double jackknife = jackknife(batches);

    MeasureValue similarity = PartialCka.of(sum(batches), batches);
    assertThat(similarity.value()).isEqualTo(PartialCka.of(sum(batches)).value());
    assertThat(similarity.standardError().orElseThrow())
        .isEqualTo(jackknife, within(0.1 * jackknife));
  }

  @Test
  void givenNothingTheStandardErrorIsThatOfMinibatchCka() {
    Random random = new Random(5);
    HsicSums sums = HsicSums.empty(1, 1);
    List<double[][]> batches = new ArrayList<>();
    for (int b = 0; b < 5; b++) {
      HsicSums one = Features.batch64(Features.normal(random, 9, 4), Features.normal(random, 9, 3));
      sums = Features.add(sums, one);
      double x = one.hsic(0, 0);
      batches.add(new double[][] {{one.rowHsic(0), x}, {x, one.columnHsic(0)}});
    }

    MeasureValue expected = MinibatchCka.pair(sums, 0, 0);
    MeasureValue actual = PartialCka.of(sum(batches), batches);
    assertThat(actual.value().orElseThrow())
        .isEqualTo(expected.value().orElseThrow(), within(1e-12));
    assertThat(actual.standardError().orElseThrow())
        .isEqualTo(expected.standardError().orElseThrow(), within(1e-12));
  }

  @Test
  void oneBatchHasNoStandardError() {
    double[][] s = products(Features.normal(new Random(7), 3, 20));

    assertThat(PartialCka.of(s, List.<double[][]>of(s)).standardError()).isEmpty();
  }

  @Test
  void whatIsExplainedHasNoValue() {
    double[][] v = Features.normal(new Random(3), 2, 10);

    assertThat(PartialCka.of(products(new double[][] {v[0], v[1], v[0]})))
        .isEqualTo(MeasureValue.missing(Status.EXPLAINED_BY_GIVEN));
    assertThat(PartialCka.of(products(new double[][] {v[0], new double[10], v[1]})))
        .isEqualTo(MeasureValue.missing(Status.CONSTANT_LAYER));
  }

  @Test
  void refusesWhatIsNoMatrixOfHsic() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PartialCka.of(new double[][] {{1}}))
        .withMessage("Invalid matrix of HSIC: 1 x 1 (must be square, at least 2 x 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PartialCka.of(new double[][] {{1, Double.NaN}, {0, 1}}))
        .withMessage("Invalid HSIC: NaN (must be finite)");
  }

  private static double jackknife(List<double[][]> batches) {
    double[][] all = sum(batches);
    double[] without =
        batches.stream()
            .mapToDouble(it -> PartialCka.of(plus(all, it, -1)).value().orElseThrow())
            .toArray();
    double mean = Arrays.stream(without).average().orElseThrow();
    double squares = Arrays.stream(without).map(r -> (r - mean) * (r - mean)).sum();
    return Math.sqrt(squares * (without.length - 1) / without.length);
  }

  private static double[][] sum(List<double[][]> batches) {
    double[][] sum = new double[batches.get(0).length][batches.get(0).length];
    for (double[][] batch : batches) {
      sum = plus(sum, batch, 1);
    }
    return sum;
  }

  private static double[][] plus(double[][] a, double[][] b, double factor) {
    double[][] sum = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        sum[i][j] = a[i][j] + factor * b[i][j];
      }
    }
    return sum;
  }

  private static double value(double[]... vectors) {
    return PartialCka.of(products(vectors)).value().orElseThrow();
  }

  private static double[][] correlations(Random random, int m) {
    return products(unitRows(Features.normal(random, m, 8)));
  }

  private static double[][] unitRows(double[][] rows) {
    for (double[] row : rows) {
      double norm = Math.sqrt(Features.dot(row, row));
      Arrays.setAll(row, j -> row[j] / norm);
    }
    return rows;
  }

  private static double[][] products(double[][] vectors) {
    double[][] s = new double[vectors.length][vectors.length];
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < s.length; j++) {
        s[i][j] = Features.dot(vectors[i], vectors[j]);
      }
    }
    return s;
  }

  private static double[][] copy(double[][] vectors, int from) {
    return Arrays.stream(vectors, from, vectors.length)
        .map(double[]::clone)
        .toArray(double[][]::new);
  }

  private static double[][] orthonormal(double[][] vectors) {
    for (int i = 0; i < vectors.length; i++) {
      for (int k = 0; k < i; k++) {
        subtract(vectors[i], vectors[k]);
      }
      double[] row = vectors[i];
      double norm = Math.sqrt(Features.dot(row, row));
      Arrays.setAll(row, j -> row[j] / norm);
    }
    return vectors;
  }

  private static void subtract(double[] row, double[] direction) {
    double along = Features.dot(row, direction);
    for (int j = 0; j < row.length; j++) {
      row[j] -= along * direction[j];
    }
  }
}
