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

final class MinibatchCkaTest {
  @Property(tries = 50)
  void isSymmetric(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] x = Features.normal(random, 60, 5);
    double[][] y = Features.plus(Features.normal(random, 60, 5), x);

    MeasureValue there = MinibatchCka.pair(sums64(x, y, 20), 0, 0);
    MeasureValue back = MinibatchCka.pair(sums64(y, x, 20), 0, 0);

    assertThat(value(back)).isEqualTo(value(there), within(1e-13));
    assertThat(error(back)).isEqualTo(error(there), within(1e-8));
  }

  @Property(tries = 50)
  void ignoresRotationScaleAndShift(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] x = Features.normal(random, 60, 5);
    double[][] y = Features.plus(Features.normal(random, 60, 5), x);
    double[][] moved = Features.times(y, Features.rotation(random, 5));
    for (double[] row : moved) {
      for (int j = 0; j < row.length; j++) {
        row[j] = 1e-3 * row[j] + j;
      }
    }

    // The shift is 1e3 to 1e4 times the spread: four of sixteen digits go.
    assertThat(cka64(x, moved, 20)).isEqualTo(cka64(x, y, 20), within(1e-10));
  }

  @Property(tries = 20)
  void reluFeaturesWithALargeMeanKeepTheirDigitsInFloat32(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] x = Features.normal(random, 60, 30);
    double[][] y = Features.times(x, Features.normal(random, 30, 80));
    for (double[] row : y) {
      for (int j = 0; j < row.length; j++) {
        row[j] = 1000 + Math.max(0, row[j]);
      }
    }

    HsicSums sums = Features.batch32(x, y);

    // A sequential float32 sum of 1,770 products; uncentred, nothing would be right.
    assertThat(value(MinibatchCka.pair(sums, 0, 0))).isEqualTo(cka64(x, y, 60), within(1e-5));
  }

  @Property(tries = 20)
  void float32HoldsAtAnyScaleOfTheFeatures(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] x = Features.normal(random, 30, 10);
    double[][] y = Features.plus(Features.normal(random, 30, 10), x);

    // Squares of such Gram matrices are beyond float32, and below it.
    for (double scale : new double[] {1e16, 1e-16}) {
      double[][] scaled = new double[30][];
      for (int i = 0; i < 30; i++) {
        scaled[i] = Arrays.stream(y[i]).map(v -> v * scale).toArray();
      }
      assertThat(value(MinibatchCka.pair(Features.batch32(x, scaled), 0, 0)))
          .isEqualTo(cka64(x, y, 30), within(1e-5));
    }
  }

  @Test
  void isARatioOfSumsNotAMeanOfRatios() {
    double[] one = {1};
    HsicSums sums =
        HsicSums.empty(1, 1)
            .add(new double[] {1}, new double[] {3}, new double[] {1}, 4)
            .add(new double[] {0.5}, one, one, 4);

    assertThat(value(MinibatchCka.pair(sums, 0, 0)))
        .isEqualTo(3.5 / Math.sqrt(10 * 2), within(1e-15));
  }

  @Test
  void deltaMethodAgreesWithTheJackknife() {
    List<HsicSums> batches = simulated(new Random(11), 400);

    double jackknife = error(Jackknife.pair(batches, 0, 0));

    // They differ in terms of order 1 / B.
    assertThat(error(MinibatchCka.pair(combined(batches), 0, 0)) / jackknife)
        .isEqualTo(1, within(0.02));
  }

  @Test
  void standardErrorIsTheSpreadOverRepeatedSweeps() {
    Random random = new Random(12);
    int sweeps = 300;
    double sum = 0;
    double squares = 0;
    double errors = 0;
    for (int s = 0; s < sweeps; s++) {
      MeasureValue similarity = MinibatchCka.pair(combined(simulated(random, 40)), 0, 0);
      sum += value(similarity);
      squares += value(similarity) * value(similarity);
      errors += error(similarity) / sweeps;
    }
    double spread = Math.sqrt((squares - sum * sum / sweeps) / (sweeps - 1));

    // The spread of 300 draws is known to 1 / sqrt(600) = 4 %; three of those.
    assertThat(errors / spread).isEqualTo(1, within(0.13));
  }

  @Test
  void negativeValuesAreValues() {
    double[] one = {1};
    HsicSums sums = HsicSums.empty(1, 1).add(new double[] {-0.2}, one, one, 4);
    sums.add(new double[] {-0.2}, one, one, 4);

    MeasureValue similarity = MinibatchCka.pair(sums, 0, 0);

    assertThat(value(similarity)).isEqualTo(-0.2, within(1e-15));
    assertThat(similarity.status()).isEqualTo(Status.OK);
    // Equal batches have no spread, up to the rounding of squares near 1e-16.
    assertThat(error(similarity)).isLessThan(1e-7);
  }

  @Test
  void aRepresentationIsItselfExactly() {
    double[][] x = Features.normal(new Random(2), 40, 7);

    assertThat(MinibatchCka.self(sums64(x, x, 10), 0)).isEqualTo(MeasureValue.of(1, 0));
    assertThat(cka64(x, x, 10)).isEqualTo(1, within(1e-12));
  }

  @Test
  void oneBatchHasAValueWithoutError() {
    double[][] x = Features.normal(new Random(2), 10, 7);

    MeasureValue similarity = MinibatchCka.pair(Features.batch64(x, x), 0, 0);

    assertThat(similarity.status()).isEqualTo(Status.OK);
    assertThat(similarity.value()).isPresent();
    assertThat(similarity.standardError()).isEmpty();
  }

  @Test
  void aConstantLayerHasNoValue() {
    double[][] x = Features.normal(new Random(2), 12, 3);
    double[][] constant = new double[12][3];
    for (double[] row : constant) {
      row[1] = 0.1;
    }
    HsicSums sums = sums64(constant, x, 6);

    assertThat(MinibatchCka.pair(sums, 0, 0)).isEqualTo(constantLayer());
    assertThat(MinibatchCka.self(sums, 0)).isEqualTo(constantLayer());
    assertThat(MinibatchCka.pair(sums64(x, constant, 6), 0, 0)).isEqualTo(constantLayer());
  }

  @Test
  void aNegativeHsicUnderTheRootHasNoValue() {
    MeasureValue negative = MeasureValue.missing(Status.NEGATIVE_HSIC);

    assertThat(MinibatchCka.ratio(1, -1e-9, 1)).isEqualTo(negative);
    assertThat(MinibatchCka.ratio(1, 1, -1e-9)).isEqualTo(negative);
  }

  @Test
  void noBatchNoCka() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MinibatchCka.pair(HsicSums.empty(1, 1), 0, 0))
        .withMessage("Cannot compute CKA: no batch was added");
  }

  private static List<HsicSums> simulated(Random random, int batches) {
    double[][] w = Features.normal(new Random(99), 4, 4);
    List<HsicSums> sums = new ArrayList<>();
    for (int b = 0; b < batches; b++) {
      double[][] x = Features.normal(random, 12, 4);
      double[][] y = Features.plus(Features.times(x, w), Features.normal(random, 12, 4));
      sums.add(Features.batch64(x, y));
    }
    return sums;
  }

  private static HsicSums combined(List<HsicSums> batches) {
    return batches.stream().reduce(HsicSums.empty(1, 1), Features::add);
  }

  private static HsicSums sums64(double[][] x, double[][] y, int batch) {
    HsicSums sums = HsicSums.empty(1, 1);
    for (int from = 0; from < x.length; from += batch) {
      double[][] xs = Features.rows(x, from, from + batch);
      sums = Features.add(sums, Features.batch64(xs, Features.rows(y, from, from + batch)));
    }
    return sums;
  }

  private static double cka64(double[][] x, double[][] y, int batch) {
    return value(MinibatchCka.pair(sums64(x, y, batch), 0, 0));
  }

  private static double value(MeasureValue similarity) {
    return similarity.value().orElseThrow();
  }

  private static double error(MeasureValue similarity) {
    return similarity.standardError().orElseThrow();
  }

  private static MeasureValue constantLayer() {
    return MeasureValue.missing(Status.CONSTANT_LAYER);
  }
}
