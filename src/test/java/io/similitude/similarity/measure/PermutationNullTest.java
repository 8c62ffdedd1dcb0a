package io.similitude.similarity.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.UCentring;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PermutationNullTest {
  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7})
  void momentsAreThoseOfAllPermutations(int n) {
    Random random = new Random(n);
    double[] a = unit(skewed(random, n));
    double[][] y = skewed(random, n);
    double[] sums = new double[3];
    List<int[]> permutations = permutations(n);
    for (int[] order : permutations) {
      double r = Features.dot(a, unit(permuted(y, order)));
      for (int k = 0; k < 3; k++) {
        sums[k] += Math.pow(r, k + 1) / permutations.size();
      }
    }

    assertThat(sums[0]).isEqualTo(0, within(1e-14));
    assertThat(sums[1]).isEqualTo(PermutationNull.variance(n), within(1e-13));
    assertThat(sums[2])
        .isEqualTo(
            CubicInvariants.of(n, a).thirdMoment(CubicInvariants.of(n, unit(y))), within(1e-13));
  }

  @Test
  void theVarianceIsMetWithinItsOwnError() {
    Random random = new Random(3);
    int n = 40;
    int draws = 4000;
    double[] a = unit(Features.normal(random, n, 20));
    double[][] y = Features.normal(random, n, 300);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      order.add(i);
    }
    double squares = 0;
    for (int d = 0; d < draws; d++) {
      Collections.shuffle(order, random);
      int[] shuffled = order.stream().mapToInt(i -> i).toArray();
      double r = dotPermuted(a, unit(y), shuffled, n);
      squares += r * r / draws;
    }

    // The variance of normal draws is known to sqrt(2 / 4000) = 2.2 %; three of those.
    assertThat(squares / PermutationNull.variance(n)).isEqualTo(1, within(0.067));
  }

  @Test
  void noiseHasStandardZScoresWhereBiasedCkaGrowsWithTheFeatures() {
    Random random = new Random(5);
    int n = 24;
    int draws = 400;
    for (int p : new int[] {4, 24, 200}) {
      double sum = 0;
      double squares = 0;
      double biased = 0;
      for (int d = 0; d < draws; d++) {
        double[][] x = Features.normal(random, n, p);
        double[][] y = Features.normal(random, n, p);
        double z = PermutationNull.zScore(Features.batch64(x, y), 0, 0).orElseThrow();
        sum += z / draws;
        squares += z * z / draws;
        biased += biasedCka(x, y) / draws;
      }

      // Mean and mean square of 400 scores: known to 0.05 and, tails included, to about 0.1.
      assertThat(sum).isEqualTo(0, within(0.15));
      assertThat(squares).isEqualTo(1, within(0.3));
      assertThat(biased).isEqualTo(p / (double) (p + n), within(0.05));
    }
  }

  @Test
  void skewedTailsAreMetWhereTheNormalOnesAreNot() {
    Random random = new Random(8);
    int n = 12;
    double[] a = unit(Features.normal(random, n, 1));
    double[][] y = Features.normal(random, n, 1);
    double[] b = unit(y);
    NullSums.Moments moments =
        NullSums.Moments.EMPTY.plus(1, 1, CubicInvariants.of(n, a), CubicInvariants.of(n, b));
    double threshold = 3 * Math.sqrt(moments.variance());
    int draws = 200_000;
    int above = 0;
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      order.add(i);
    }
    for (int d = 0; d < draws; d++) {
      Collections.shuffle(order, random);
      int[] shuffled = order.stream().mapToInt(i -> i).toArray();
      above += dotPermuted(a, b, shuffled, n) >= threshold ? 1 : 0;
    }
    double actual = above / (double) draws;

    // One direction each: the normal tail is wrong by a factor, three moments by a quarter.
    assertThat(PermutationNull.pValue(3) / actual).isLessThan(0.25);
    assertThat(moments.pValue(threshold) / actual).isBetween(0.75, 1.33);
  }

  @ParameterizedTest
  @CsvSource({
    "-9, 1.0",
    "-3, 0.9986501019683699",
    "-1, 0.8413447460685429",
    "0, 0.5",
    "0.5, 0.3085375387259869",
    "2.999, 0.0013543365337271057",
    "3, 0.0013498980316300933",
    "6, 9.865876450376946e-10",
    "12, 1.776482112077653e-33"
  })
  void normalTailsAgreeWithSciPy(double z, double tail) {
    // scipy.stats.norm.sf of SciPy 1.10.1
    assertThat(PermutationNull.pValue(z)).isEqualTo(tail, within(1e-12 * tail));
    assertThat(PermutationNull.pValue(z, 0)).isEqualTo(PermutationNull.pValue(z));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0.5, 0.03440009405957478",
    "3, 0.5, 0.005425745355836176",
    "3, 1.5, 0.014789095701199906",
    "-1, 1.0, 0.857123460498547",
    "1.5, -0.7, 0.03838704567484308",
    "0, 1.0, 0.43347012036670896",
    "4, 1.0, 0.002291791207791438"
  })
  void skewedTailsAgreeWithSciPy(double z, double skewness, double tail) {
    // scipy.stats.pearson3.sf of SciPy 1.10.1; the transform is good to 1e-3 at these skewnesses.
    assertThat(PermutationNull.pValue(z, skewness)).isEqualTo(tail, within(3e-3));
  }

  @Test
  void beyondTheSupportProbabilitiesAreZeroAndOne() {
    assertThat(PermutationNull.pValue(-2.5, 1)).isGreaterThan(0.99);
    assertThat(PermutationNull.pValue(2.5, -1)).isLessThan(1e-8);
  }

  @Test
  void whatIsNoNumberIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PermutationNull.pValue(Double.NaN))
        .withMessage("Invalid z-score: NaN (must be a number)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NullSums.Moments.EMPTY.pValue(1))
        .withMessage("Invalid null variance: 0.0 (must be above 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CubicInvariants(8, 0, 0).thirdMoment(new CubicInvariants(9, 0, 0)))
        .withMessage("Invalid invariants: n = 9 (must be 8)");
    assertThat(PermutationNull.zScore(HsicSums.empty(1, 1), 0, 0)).isEmpty();
  }

  private static double biasedCka(double[][] x, double[][] y) {
    return Measures.of(MeasureSpec.of(Measure.CKA, Map.of(Setting.BIAS, MeasureSpec.Bias.BIASED)))
        .of(DenseGram.ofFeatures(x), DenseGram.ofFeatures(y))
        .value()
        .orElseThrow();
  }

  private static double[][] skewed(Random random, int n) {
    double[][] x = Features.normal(random, n, 2);
    for (double[] row : x) {
      Arrays.setAll(row, j -> row[j] * row[j] * row[j]);
    }
    return x;
  }

  private static double[] unit(double[][] x) {
    double[] vector = new double[UCentring.length(x.length)];
    UCentring.centre(x.length, Features.gram(x), vector, 0);
    return vector;
  }

  private static double[][] permuted(double[][] y, int[] order) {
    return Arrays.stream(order).mapToObj(i -> y[i]).toArray(double[][]::new);
  }

  /** &lt;A, P B P'&gt; of packed upper triangles. */
  private static double dotPermuted(double[] a, double[] b, int[] order, int n) {
    double sum = 0;
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++, at++) {
        int u = Math.min(order[i], order[j]);
        int v = Math.max(order[i], order[j]);
        sum += a[at] * b[u * (2 * n - u - 1) / 2 + v - u - 1];
      }
    }
    return sum;
  }

  private static List<int[]> permutations(int n) {
    List<int[]> all = new ArrayList<>();
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    permute(order, 0, all);
    return all;
  }

  private static void permute(int[] order, int from, List<int[]> all) {
    if (from == order.length) {
      all.add(order.clone());
    }
    for (int i = from; i < order.length; i++) {
      swap(order, from, i);
      permute(order, from + 1, all);
      swap(order, from, i);
    }
  }

  private static void swap(int[] order, int i, int j) {
    int kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}
