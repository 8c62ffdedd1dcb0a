package io.similitude.similarity.gram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which features are the same for all examples, but for rounding. */
final class ConstancyTest {
  private static final int N = 24;
  private static final PackedGram ZERO = PackedGram.of(N, new float[PackedGram.length(N)]);

  @Test
  void theLastBitsOfAFloat32ConstantAreNoise() {
    Random random = new Random(1);
    float[][] noise = new float[N][8];
    for (float[] row : noise) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextInt(30) == 0 ? Math.nextDown(0.5f) : 0.5f;
      }
    }

    assertThat(PackedGram.ofFeatures(noise)).isEqualTo(ZERO);
    assertThat(DenseGram.ofFeatures(noise).isConstant()).isTrue();
    assertThat(PackedGram.ofFeatures(wide(noise), 0)).isEqualTo(ZERO);
  }

  @Test
  void float64FeaturesOfALargeMeanAreNot() {
    double[][] centred = normal(0, 1);

    assertThat(
            PackedGram.ofFeatures(normal(1e8, 1), 0).get(0, 1)
                / PackedGram.ofFeatures(centred, 0).get(0, 1))
        .isBetween(0.99999f, 1.00001f);
  }

  @Test
  void float64NoiseIs() {
    assertThat(PackedGram.ofFeatures(normal(0.1, 1e-17), 0)).isEqualTo(ZERO);
  }

  @Test
  void numbersWhoseSquaresFloat32CannotHoldAreNot() {
    double[][] tiny = normal(0, 1e-50);

    PackedGram gram = PackedGram.ofFeatures(tiny, 160);

    assertThat(gram.firstNonFinite()).isEmpty();
    assertThat(gram.get(0, 0)).isGreaterThan(0);
  }

  private static double[][] normal(double mean, double deviation) {
    Random random = new Random(2);
    double[][] rows = new double[N][5];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> mean + deviation * random.nextGaussian());
    }
    return rows;
  }

  private static double[][] wide(float[][] rows) {
    double[][] wide = new double[rows.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        wide[i][j] = rows[i][j];
      }
    }
    return wide;
  }
}
