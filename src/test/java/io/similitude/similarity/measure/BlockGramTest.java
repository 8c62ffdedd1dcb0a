package io.similitude.similarity.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.gram.PackedGram;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class BlockGramTest {
  /** One rounding to float32 of what two orders of summing in float64 give. */
  private static final double FLOAT32 = 0x1p-23;

  @Property(tries = 40)
  void isTheGramMatrixOfTheCentredFeatures(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 1200) int features) {
    float[][] rows = rows(new Random(seed), 6, features, 0);

    assertIsGram(rows, 1);
  }

  @Test
  void aLargeMeanCostsNoDigitsBeyondThoseOfTheFeatures() {
    assertIsGram(rows(new Random(1), 8, 700, 1000), 1);
  }

  @Test
  void equalExamplesGiveZero() {
    float[][] rows = new float[5][];
    for (int i = 0; i < 5; i++) {
      rows[i] = new float[] {0.5f, -3, 1024};
    }

    assertThat(PackedGram.ofFeatures(rows)).isEqualTo(PackedGram.of(5, new float[15]));
  }

  @Test
  void anInfiniteSquareIsToldByTheMatrix() {
    float[][] rows = {{1e30f}, {-1e30f}, {0}, {0}};

    assertThat(PackedGram.ofFeatures(rows).firstNonFinite()).isPresent();
  }

  private static void assertIsGram(float[][] rows, double scale) {
    double[] expected = Features.gram(wide(rows));
    float[] packed = PackedGram.ofFeatures(rows).packed();
    double largest = 0;
    for (double entry : expected) {
      largest = Math.max(largest, Math.abs(entry));
    }

    assertThat(packed).hasSize(expected.length);
    for (int k = 0; k < packed.length; k++) {
      assertThat((double) packed[k]).isEqualTo(expected[k], within(scale * FLOAT32 * largest));
    }
  }

  private static float[][] rows(Random random, int n, int features, float mean) {
    float[][] rows = new float[n][features];
    for (float[] row : rows) {
      for (int j = 0; j < features; j++) {
        row[j] = mean + (float) random.nextGaussian();
      }
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
