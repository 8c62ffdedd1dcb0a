package io.similitude.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class InfluenceSumsTest {
  private static final int N = 12;
  private static final int CLASSES = 3;

  @Test
  void partsOfTheLossSumToIt() {
    InfluenceSums sums = sums(new Random(3));
    double loss = 1 - sums.cka();
    assertThat(Arrays.stream(sums.losses()).sum()).isCloseTo(loss, within(1e-12));
    assertThat(Arrays.stream(sums.losses())).allMatch(e -> e >= 0);
    double pairs = 0;
    for (int c = 0; c < CLASSES; c++) {
      for (int d = 0; d < CLASSES; d++) {
        pairs += sums.loss(c, d);
      }
    }
    assertThat(pairs).isCloseTo(loss, within(1e-12));
  }

  @Test
  void oneRepresentationLosesNothing() {
    Random random = new Random(4);
    float[] a = vector(random);
    InfluenceSums sums = new InfluenceSums(0);
    sums.add(a, a, N, null);
    assertThat(sums.cka()).isCloseTo(1, within(1e-12));
    assertThat(Arrays.stream(sums.losses())).allMatch(e -> e < 1e-15);
    assertThat(Arrays.stream(sums.pointwise())).allMatch(cosine -> Math.abs(cosine - 1) < 1e-12);
  }

  @Test
  void aConstantRepresentationHasNone() {
    InfluenceSums sums = new InfluenceSums(0);
    sums.add(new float[N * (N - 1) / 2], vector(new Random(5)), N, null);
    assertThat(sums.exists()).isFalse();
  }

  @Test
  void halfAndEffectiveNumbers() {
    assertThat(InfluenceSums.half(new double[] {1, 1, 1, 1})).isEqualTo(2);
    assertThat(InfluenceSums.half(new double[] {0.1, 5, 0.1})).isEqualTo(1);
    assertThat(InfluenceSums.effectiveNumber(new double[] {2, 2, 2})).isCloseTo(3, within(1e-12));
  }

  @Test
  void theAreaIsTheShareOfPairsInOrder() {
    double[] numbers = {1, 2, 3, 4};
    assertThat(AreaUnderCurve.of(numbers, new boolean[] {false, true, false, true}).orElseThrow())
        .isEqualTo(0.75);
    assertThat(AreaUnderCurve.of(numbers, new boolean[] {true, true, true, true})).isEmpty();
    assertThat(AreaUnderCurve.of(numbers, new boolean[4])).isEmpty();
  }

  @Test
  void theFirstComponentOfAKnownMatrix() {
    // Eigenvalues 3 and 1, the first along (1, 1).
    FirstComponent first = FirstComponent.of(2, new double[] {2, 1, 1, 2});
    assertThat(first.value()).isCloseTo(3, within(1e-12));
    assertThat(first.carriers()).isCloseTo(2, within(1e-8));
  }

  private static InfluenceSums sums(Random random) {
    InfluenceSums sums = new InfluenceSums(CLASSES);
    for (int batch = 0; batch < 3; batch++) {
      int[] labels = IntStream.range(0, N).map(i -> random.nextInt(CLASSES)).toArray();
      sums.add(vector(random), vector(random), N, labels);
    }
    return sums;
  }

  private static float[] vector(Random random) {
    float[] vector = new float[N * (N - 1) / 2];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
