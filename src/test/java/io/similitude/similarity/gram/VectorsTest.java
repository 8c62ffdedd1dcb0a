package io.similitude.similarity.gram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VectorsTest {
  /** Fewer numbers than are cubed at a time, exactly as many, more, and several times as many. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 8191, 8192, 8193, 32640})
  void theSumOfCubesIsThatOfFloat64(int length) {
    Random random = new Random(length);
    float[] numbers = new float[length + 3];
    double exact = 0;
    double sizes = 0;
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = (float) random.nextGaussian();
      exact += k < length ? Math.pow(numbers[k], 3) : 0;
      sizes += k < length ? Math.abs(Math.pow(numbers[k], 3)) : 0;
    }

    assertThat(Vectors.cubes(numbers, length)).isCloseTo(exact, within(1e-7 * sizes));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 511, 512, 514, 1025})
  void productsOfAllPairsAreThoseOfEachPair(int length) {
    Random random = new Random(length);
    List<float[]> vectors = new ArrayList<>();
    for (int v = 0; v < 7; v++) {
      float[] vector = new float[length];
      for (int k = 0; k < length; k++) {
        vector[k] = (float) random.nextGaussian();
      }
      vectors.add(vector);
    }

    double[][] products = Vectors.products(vectors);

    for (int a = 0; a < vectors.size(); a++) {
      for (int b = 0; b < vectors.size(); b++) {
        double exact = 0;
        for (int k = 0; k < length; k++) {
          exact += (double) vectors.get(a)[k] * vectors.get(b)[k];
        }
        assertThat(products[a][b]).isCloseTo(exact, within(1e-12 * length));
        assertThat(products[a][b]).isEqualTo(products[b][a]);
      }
    }
  }
}
