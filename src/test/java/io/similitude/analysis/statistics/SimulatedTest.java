package io.similitude.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Intervals and tests against truth that is known because it was drawn. */
final class SimulatedTest {
  private static final int LAYERS = 8;
  private static final int UNITS = 6;
  private static final int EXAMPLES = 60;
  private static final double STEP = 0.8;
  private static final int TRIALS = 400;

  /** A rate of 0.05 over these has a standard error of 0.007. */
  private static final int NULL_TRIALS = 1000;

  /**
   * Chains of layers, each 0.8 of the one before plus noise: the CKA of layers d apart is 0.8^(2d)
   * in the population.
   */
  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void intervalsHoldTheTruthAsOftenAsTheySay(int groups) {
    Random random = new Random(groups);
    double[][] truth = new double[LAYERS][LAYERS];
    for (int i = 0; i < LAYERS; i++) {
      for (int j = 0; j < LAYERS; j++) {
        truth[i][j] = Math.pow(STEP, 2 * Math.abs(i - j));
      }
    }
    List<ToDoubleFunction<double[][]>> statistics =
        List.of(
            LagCurve::offDiagonal,
            LagCurve::participationRatio,
            LagCurve::longRange,
            it -> EqualLagContrast.of(it, new int[] {LAYERS / 2}).orElseThrow());
    int[] held = new int[statistics.size()];
    for (int trial = 0; trial < TRIALS; trial++) {
      ReplicatedMatrix square = square(groups, random);
      for (int s = 0; s < held.length; s++) {
        Replicated number = square.evaluate(statistics.get(s));
        double miss = Math.abs(number.value() - statistics.get(s).applyAsDouble(truth));
        held[s] += miss <= number.margin().orElseThrow() ? 1 : 0;
      }
    }
    for (int holding : held) {
      assertThat((double) holding / TRIALS).isBetween(0.90, 0.97);
    }
  }

  @Test
  void testsOfRunsRejectATrueNullAsOftenAsTheySay() {
    assertThat(rejected(5, 1, false, 0)).isBetween(0.03, 0.07);
    assertThat(rejected(5, 5, true, 0)).isBetween(0.03, 0.07);
  }

  @Test
  void testsOfRunsFindAShift() {
    assertThat(rejected(5, 1, false, 4)).isGreaterThan(0.95);
  }

  /** A warning: epochs of one run are not units. */
  @Test
  void epochsAsUnitsRejectATrueNullNearlyAlways() {
    assertThat(rejected(5, 5, false, 0)).isGreaterThan(0.9);
  }

  @Test
  void threeRunsAGroupCannotReject() {
    assertThat(rejected(3, 1, false, 4)).isZero();
  }

  private static double rejected(int runs, int epochs, boolean average, double shift) {
    Random random = new Random(3);
    int trials = epochs > 1 && !average ? 60 : NULL_TRIALS;
    int rejected = 0;
    for (int trial = 0; trial < trials; trial++) {
      List<double[]> points = new ArrayList<>();
      for (int run = 0; run < 2 * runs; run++) {
        double[] centre = normal(10, random);
        double moved = run < runs ? 0 : shift / Math.sqrt(10);
        Arrays.setAll(centre, i -> centre[i] + moved);
        List<double[]> ofRun = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
          double[] noise = normal(10, random);
          Arrays.setAll(noise, i -> centre[i] + 0.3 * noise[i]);
          ofRun.add(noise);
        }
        points.addAll(average ? List.of(mean(ofRun)) : ofRun);
      }
      Permanova permanova = new Permanova(distances(points));
      int[] labels = IntStream.range(0, points.size()).map(i -> 2 * i / points.size()).toArray();
      double p =
          PermutationTest.of(labels, new int[labels.length], permanova::pseudoF, 199, trial).p();
      rejected += p <= 0.05 ? 1 : 0;
    }
    return (double) rejected / trials;
  }

  private static ReplicatedMatrix square(int groups, Random random) {
    double[][][] sums = new double[groups][][];
    for (int g = 0; g < groups; g++) {
      sums[g] = sums(random);
    }
    return ReplicatedMatrix.of(
        cka(sums, -1), IntStream.range(0, groups).mapToObj(g -> cka(sums, g)).toList());
  }

  /** Unbiased HSIC of all pairs of layers of one group of examples. */
  private static double[][] sums(Random random) {
    double[][][] centred = new double[LAYERS][][];
    double[][] layer = null;
    for (int l = 0; l < LAYERS; l++) {
      double[][] fresh = new double[EXAMPLES][];
      for (int i = 0; i < EXAMPLES; i++) {
        fresh[i] = normal(UNITS, random);
        for (int u = 0; u < UNITS; u++) {
          double scaled = fresh[i][u] * (1 + u / (UNITS - 1.0));
          fresh[i][u] =
              layer == null ? scaled : STEP * layer[i][u] + Math.sqrt(1 - STEP * STEP) * scaled;
        }
      }
      layer = fresh;
      centred[l] = centred(layer);
    }
    double[][] sums = new double[LAYERS][LAYERS];
    for (int a = 0; a < LAYERS; a++) {
      for (int b = 0; b < LAYERS; b++) {
        for (int i = 0; i < EXAMPLES; i++) {
          for (int j = 0; j < EXAMPLES; j++) {
            sums[a][b] += centred[a][i][j] * centred[b][i][j];
          }
        }
      }
    }
    return sums;
  }

  /** The U-centred Gram matrix of a layer. */
  private static double[][] centred(double[][] x) {
    int n = x.length;
    double[][] gram = new double[n][n];
    double[] rows = new double[n];
    double all = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int u = 0; i != j && u < x[i].length; u++) {
          gram[i][j] += x[i][u] * x[j][u];
        }
        rows[i] += gram[i][j];
      }
      all += rows[i];
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram[i][j] =
            i == j ? 0 : gram[i][j] - (rows[i] + rows[j]) / (n - 2) + all / ((n - 1.0) * (n - 2));
      }
    }
    return gram;
  }

  private static double[][] cka(double[][][] sums, int without) {
    double[][] total = new double[LAYERS][LAYERS];
    for (int g = 0; g < sums.length; g++) {
      for (int a = 0; g != without && a < LAYERS; a++) {
        for (int b = 0; b < LAYERS; b++) {
          total[a][b] += sums[g][a][b];
        }
      }
    }
    double[][] cka = new double[LAYERS][LAYERS];
    for (int a = 0; a < LAYERS; a++) {
      for (int b = 0; b < LAYERS; b++) {
        cka[a][b] = total[a][b] / Math.sqrt(total[a][a] * total[b][b]);
      }
    }
    return cka;
  }

  private static double[] normal(int count, Random random) {
    return IntStream.range(0, count).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  private static double[] mean(List<double[]> points) {
    double[] mean = new double[points.get(0).length];
    points.forEach(it -> Arrays.setAll(mean, i -> mean[i] + it[i] / points.size()));
    return mean;
  }

  private static double[][] distances(List<double[]> points) {
    return points.stream()
        .map(
            a ->
                points.stream()
                    .mapToDouble(
                        b ->
                            Math.sqrt(
                                IntStream.range(0, a.length)
                                    .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
                                    .sum()))
                    .toArray())
        .toArray(double[][]::new);
  }
}
