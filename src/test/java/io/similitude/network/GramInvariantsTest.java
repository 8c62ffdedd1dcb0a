package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.GramSummary;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.gram.UCentring;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GramInvariantsTest {
  /** Sums of products of float32 numbers, relative to their lengths. */
  private static final double FLOAT_PRODUCT = 1e-6;

  @BeforeAll
  static void useOneThread() {
    TorchEngine.configure(1);
  }

  /** One strip that is not full, exactly one, two and more, with a last one of a single row. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5, 31, 32, 33, 127, 128, 129, 256, 300})
  void theyAreThoseOfFloat64(int n) {
    PackedGram gram = gram(n, n);
    double[] wide = new double[PackedGram.length(n)];
    for (int k = 0; k < wide.length; k++) {
      wide[k] = gram.packed()[k];
    }
    double[] exact = new double[UCentring.length(n)];
    double norm = UCentring.centre(n, wide, exact, 0);
    CubicInvariants expected = CubicInvariants.of(n, exact);

    try (GramInvariants invariants = new GramInvariants(Optional.empty())) {
      GramSummary summary = invariants.summary(gram);
      assertThat(summary.triangles()).isCloseTo(expected.triangles(), within(FLOAT_PRODUCT));
      assertThat(summary.cubes()).isCloseTo(expected.cubes(), within(FLOAT_PRODUCT));
      assertThat(summary.norm()).isCloseTo(norm, within(FLOAT_PRODUCT * norm));
      assertThat(summary.plainNorm()).isCloseTo(plainNorm(n, wide), within(1e-12 * norm));
    }
  }

  @Test
  void matricesOfOtherSizesInBetweenChangeNothing() {
    try (GramInvariants invariants = new GramInvariants(Optional.empty())) {
      GramSummary first = invariants.summary(gram(40, 1));
      invariants.summary(gram(7, 2));
      invariants.summary(gram(40, 3));

      assertThat(invariants.summary(gram(40, 1))).isEqualTo(first);
    }
  }

  @Test
  void aConstantLayerHasNone() {
    try (GramInvariants invariants = new GramInvariants(Optional.empty())) {
      assertThat(invariants.summary(PackedGram.of(5, new float[15])))
          .isEqualTo(new GramSummary(5, 0, 0, 0, 0));
    }
  }

  @Test
  void aMatrixThatIsNotFiniteIsRefused() {
    float[] packed = new float[15];
    packed[3] = Float.POSITIVE_INFINITY;
    try (GramInvariants invariants = new GramInvariants(Optional.empty())) {
      assertThatThrownBy(() -> invariants.summary(PackedGram.of(5, packed)))
          .hasMessage("Cannot centre a Gram matrix: it holds numbers that are not finite");
    }
  }

  @Test
  void aGpuThatPyTorchDoesNotSeeIsNamed() {
    assertThatThrownBy(() -> new GramInvariants(Optional.of(7)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot use GPU 7 that Spark granted: PyTorch sees 0 GPUs");
  }

  private static double plainNorm(int n, double[] packed) {
    double squares = 0;
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++, at++) {
        squares += i == j ? 0 : 2 * packed[at] * packed[at];
      }
    }
    return Math.sqrt(squares);
  }

  private static PackedGram gram(int n, int seed) {
    Random random = new Random(seed);
    float[][] rows = new float[n][12];
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) (random.nextGaussian() * (j + 1));
      }
    }
    return PackedGram.ofFeatures(rows);
  }
}
