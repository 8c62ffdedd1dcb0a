package io.similitude.similarity.gram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.measure.Features;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class UCentringTest {
  @Property(tries = 200)
  void productEqualsTheFormulaOfSongEtAl(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 24) int n) {
    Random random = new Random(seed);
    double[] k = Features.gram(Features.normal(random, n, 1 + random.nextInt(30)));
    double[] l = Features.gram(Features.normal(random, n, 1 + random.nextInt(30)));
    double[] a = new double[UCentring.length(n)];
    double[] b = new double[UCentring.length(n)];

    double norms = UCentring.centre(n, k, a, 0) * UCentring.centre(n, l, b, 0);

    // Rounding is relative to what is added up, |K| |L|, of which HSIC may be a small rest.
    double tolerance = 1e-13 * Math.sqrt(Features.dot(k, k) * Features.dot(l, l));
    assertThat(norms * Features.dot(a, b) / (n * (n - 3.0)))
        .isEqualTo(song(n, k, l), within(tolerance));
  }

  @Property(tries = 50)
  void theVectorIsAUnitVector(@ForAll long seed, @ForAll @IntRange(min = 4, max = 40) int n) {
    double[][] x = Features.normal(new Random(seed), n, 6);
    double[] a = new double[UCentring.length(n)];

    UCentring.centre(n, Features.gram(x), a, 0);

    assertThat(Features.dot(a, a)).isEqualTo(1, within(1e-12));
  }

  @Property(tries = 50)
  void float32IsTheFloat64ResultRoundedOnce(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 40) int n) {
    PackedGram gram = Features.gram32(Features.normal(new Random(seed), n, 9));
    double[] wide = new double[gram.packed().length];
    Arrays.setAll(wide, k -> gram.packed()[k]);
    double[] exact = new double[UCentring.length(n)];
    float[] rounded = new float[exact.length + 5];

    double exactNorm = UCentring.centre(n, wide, exact, 0);
    double norm = UCentring.centre(gram, rounded, 5);

    assertThat(norm).isEqualTo(exactNorm);
    for (int k = 0; k < exact.length; k++) {
      assertThat(rounded[k + 5]).isEqualTo((float) exact[k]);
    }
    assertThat(Arrays.copyOf(rounded, 5)).containsOnly(0);
  }

  @Test
  void equalFeaturesAreConstantWhateverRoundingLeaves() {
    float[] packed = new float[PackedGram.length(50)];
    Random random = new Random(3);
    for (int k = 0; k < packed.length; k++) {
      packed[k] = 1e6f * (1 + 1e-7f * random.nextInt(-1, 2));
    }
    float[] vector = new float[UCentring.length(50)];
    Arrays.fill(vector, 9);

    assertThat(UCentring.centre(PackedGram.of(50, packed), vector, 0)).isZero();
    assertThat(vector).containsOnly(0f, -0f);
  }

  @Test
  void aZeroMatrixIsConstant() {
    assertThat(UCentring.centre(PackedGram.of(4, new float[10]), new float[6], 0)).isZero();
  }

  @Test
  void aMillionIndependentFeaturesAreNotConstant() {
    // Their Gram matrix is p on the diagonal and sqrt(p) beside it.
    int n = 10;
    double p = 1e6;
    Random random = new Random(4);
    double[] packed = new double[PackedGram.length(n)];
    int k = 0;
    for (int i = 0; i < n; i++) {
      packed[k++] = p;
      for (int j = i + 1; j < n; j++) {
        packed[k++] = Math.sqrt(p) * random.nextGaussian();
      }
    }

    assertThat(UCentring.centre(n, packed, new double[UCentring.length(n)], 0)).isPositive();
  }

  @Test
  void refusesSmallBatchesAndNonFiniteNumbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UCentring.centre(PackedGram.of(3, new float[6]), new float[3], 0))
        .withMessage("Invalid batch: 3 examples (must be at least 4: HSIC_1 divides by n (n - 3))");
    float[] packed = new float[10];
    packed[7] = Float.NaN;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UCentring.centre(PackedGram.of(4, packed), new float[6], 0))
        .withMessage("Cannot centre a Gram matrix: it holds numbers that are not finite");
  }

  /**
   * Song et al. (2012), theorem 2: (tr KL + 1'K1 1'L1 / ((n-1)(n-2)) - 2 1'KL1 / (n-2)) / (n
   * (n-3)), diagonals taken out.
   */
  private static double song(int n, double[] k, double[] l) {
    double[] kSums = new double[n];
    double[] lSums = new double[n];
    double trace = 0;
    int at = 0;
    for (int i = 0; i < n; i++) {
      at++;
      for (int j = i + 1; j < n; j++, at++) {
        trace += 2 * k[at] * l[at];
        kSums[i] += k[at];
        kSums[j] += k[at];
        lSums[i] += l[at];
        lSums[j] += l[at];
      }
    }
    double totals = Arrays.stream(kSums).sum() * Arrays.stream(lSums).sum();
    double sum = trace + totals / ((n - 1.0) * (n - 2)) - 2 * Features.dot(kSums, lSums) / (n - 2);
    return sum / (n * (n - 3.0));
  }
}
