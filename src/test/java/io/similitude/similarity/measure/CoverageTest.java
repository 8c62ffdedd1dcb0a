package io.similitude.similarity.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Confidence intervals on data whose true CKA is known. */
final class CoverageTest {
  private static final int FEATURES = 4;
  private static final int EXAMPLES = 16;
  private static final int BATCHES = 80;
  private static final int SWEEPS = 1_200;

  /** Of the normal distribution, two-sided. */
  private static final double Z_95 = 1.959964;

  @Test
  void intervalsOf95PercentCoverTheTruthAsOften() {
    Random random = new Random(2026);
    double[][] w = Features.normal(random, FEATURES, FEATURES);
    double truth = truth(w);
    int byDelta = 0;
    int byJackknife = 0;
    double difference = 0;
    for (int s = 0; s < SWEEPS; s++) {
      List<HsicSums> batches = sweep(random, w);
      MeasureValue delta =
          MinibatchCka.pair(batches.stream().reduce(HsicSums.empty(1, 1), Features::add), 0, 0);
      MeasureValue jackknife = Jackknife.pair(batches, 0, 0);
      byDelta += covers(delta, truth) ? 1 : 0;
      byJackknife += covers(jackknife, truth) ? 1 : 0;
      difference += error(delta) / error(jackknife) / SWEEPS;
    }

    // The share itself is known to sqrt(0.05 x 0.95 / 1200) = 0.6 %.
    assertThat(byDelta / (double) SWEEPS).isBetween(0.93, 0.97);
    assertThat(byJackknife / (double) SWEEPS).isBetween(0.93, 0.97);
    // Terms of order 1 / 80.
    assertThat(difference).isEqualTo(1, within(0.03));
  }

  @Test
  void aJackknifeNeedsTwoBatches() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Jackknife.pair(List.of(HsicSums.empty(1, 1)), 0, 0))
        .withMessage("Invalid number of batches: 1 (must be at least 2)");
  }

  @Test
  void aJackknifeOfALayerThatOneBatchAloneVariesHasNone() {
    double[] one = {1};
    double[] zero = {0};
    List<HsicSums> batches =
        List.of(
            HsicSums.empty(1, 1).add(zero, zero, one, 4),
            HsicSums.empty(1, 1).add(one, one, one, 4));

    assertThat(Jackknife.pair(batches, 0, 0))
        .isEqualTo(MeasureValue.missing(Status.CONSTANT_LAYER));
  }

  /**
   * For x of unit covariance and y = x W + unit noise, HSIC of linear kernels is the squared norm
   * of the cross-covariance: |W|&sup2; / (|I| |W'W + I|).
   */
  private static double truth(double[][] w) {
    double cross = 0;
    double own = 0;
    for (int i = 0; i < FEATURES; i++) {
      for (int j = 0; j < FEATURES; j++) {
        cross += w[i][j] * w[i][j];
        double covariance = i == j ? 1 : 0;
        for (double[] row : w) {
          covariance += row[i] * row[j];
        }
        own += covariance * covariance;
      }
    }
    return cross / (Math.sqrt(FEATURES) * Math.sqrt(own));
  }

  private static List<HsicSums> sweep(Random random, double[][] w) {
    List<HsicSums> batches = new ArrayList<>();
    for (int b = 0; b < BATCHES; b++) {
      double[][] x = Features.normal(random, EXAMPLES, FEATURES);
      double[][] noise = Features.normal(random, EXAMPLES, FEATURES);
      batches.add(Features.batch64(x, Features.plus(Features.times(x, w), noise)));
    }
    return batches;
  }

  private static boolean covers(MeasureValue similarity, double truth) {
    return Math.abs(similarity.value().orElseThrow() - truth) <= Z_95 * error(similarity);
  }

  private static double error(MeasureValue similarity) {
    return similarity.standardError().orElseThrow();
  }
}
