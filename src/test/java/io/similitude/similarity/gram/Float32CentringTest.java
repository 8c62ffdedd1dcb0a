package io.similitude.similarity.gram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Float32CentringTest {
  /** Entries of a unit vector, each the rounded sum of three float32 numbers at most 4 times it. */
  private static final float ENTRY = 0x1p-21f;

  /** Fewer rows than are summed together, exactly as many, and more. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5, 11, 15, 16, 17, 32, 67, 256})
  void theVectorIsThatOfFloat64(int n) {
    PackedGram gram = gram(n, 40, n);
    float[] vector = new float[PackedGram.length(n)];
    float[] exact = new float[PackedGram.length(n)];
    UCentring.centreInPlace(gram, exact);
    GramSummary summary = summary(gram);

    summary.writeCentred(gram, vector);

    assertThat(summary.isPlainEnough()).isTrue();
    assertThat(vector).usingComparatorWithPrecision(largest(exact) * ENTRY).containsExactly(exact);
  }

  @Test
  void productsOfCentredAndPlainMatricesAreThoseOfFloat64() {
    int n = 64;
    for (int seed = 0; seed < 20; seed++) {
      PackedGram one = gram(n, 40, seed);
      PackedGram other = gram(n, 30, 100 + seed);
      float[] a = new float[PackedGram.length(n)];
      float[] b = new float[PackedGram.length(n)];
      UCentring.centreInPlace(one, a);
      UCentring.centreInPlace(other, b);
      double exact = dot(a, b);

      summary(one).writeCentred(one, a);
      summary(other).writeCentred(other, b);
      double withPlain = dot(a, other.packed()) * summary(other).plainScale(other);

      assertThat(dot(a, b)).isCloseTo(exact, within(1e-8));
      assertThat(withPlain).isCloseTo(exact, within(1e-7));
    }
  }

  @Test
  void aMatrixThatCentringMakesSmallIsCentredInFloat64() {
    int n = 32;
    float[] packed = gram(n, 40, 1).packed().clone();
    for (int k = 0; k < packed.length; k++) {
      packed[k] = 1e4f + packed[k];
    }
    PackedGram gram = PackedGram.of(n, packed);
    float[] exact = new float[packed.length];
    UCentring.centreInPlace(gram, exact);
    GramSummary summary = summary(gram);
    float[] vector = new float[packed.length];

    summary.writeCentred(gram, vector);

    assertThat(summary.isPlainEnough()).isFalse();
    assertThat(vector).containsExactly(exact);
  }

  private static GramSummary summary(PackedGram gram) {
    UCentring.Norms norms = UCentring.norms(gram, new float[UCentring.length(gram.n())], 0);
    return new GramSummary(gram.n(), norms.centred(), norms.plain(), 0, 0);
  }

  private static PackedGram gram(int n, int features, int seed) {
    Random random = new Random(seed);
    float[][] rows = new float[n][features];
    for (float[] row : rows) {
      for (int j = 0; j < features; j++) {
        row[j] = (float) Math.max(0, random.nextGaussian() + 0.3);
      }
    }
    return PackedGram.ofFeatures(rows);
  }

  private static float largest(float[] numbers) {
    float largest = 0;
    for (float number : numbers) {
      largest = Math.max(largest, Math.abs(number));
    }
    return largest;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (double) a[k] * b[k];
    }
    return sum;
  }
}
