package io.similitude.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FirstComponentTest {
  @ParameterizedTest
  @ValueSource(ints = {4, 12, 60})
  void isThatOfTheWholeDecomposition(int n) {
    double[] gram = gram(n, new Random(n));
    double[][] rows = new double[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = Arrays.copyOfRange(gram, i * n, (i + 1) * n);
    }
    EigenDecomposition whole = new EigenDecomposition(new Array2DRowRealMatrix(rows));
    FirstComponent first = FirstComponent.of(n, gram);
    assertThat(first.value()).isCloseTo(whole.getRealEigenvalue(0), within(1e-11 * n));
    double cosine = 0;
    for (int i = 0; i < n; i++) {
      cosine += first.vector()[i] * whole.getEigenvector(0).getEntry(i);
    }
    assertThat(Math.abs(cosine)).isCloseTo(1, within(1e-14));
  }

  @Test
  void twoCloseEigenvaluesAreToldApart() {
    double[] matrix = new double[16];
    matrix[0] = 1;
    matrix[5] = 1.0001;
    matrix[1] = 1e-6;
    matrix[4] = 1e-6;
    matrix[10] = 0.5;
    assertThat(FirstComponent.of(4, matrix).value()).isCloseTo(1.0001, within(1e-7));
    assertThat(FirstComponent.of(4, matrix).carriers()).isCloseTo(1, within(1e-3));
  }

  @Test
  void aMatrixOfOneDirectionHasItAtOnce() {
    double[] matrix = {4, 2, 2, 1};
    FirstComponent first = FirstComponent.of(2, matrix);
    assertThat(first.value()).isCloseTo(5, within(1e-14));
    assertThat(Math.abs(first.vector()[0])).isCloseTo(2 / Math.sqrt(5), within(1e-14));
  }

  @Test
  void zerosHaveNone() {
    assertThat(FirstComponent.of(5, new double[25]).value()).isZero();
  }

  private static double[] gram(int n, Random random) {
    double[][] features = new double[n][n + 3];
    for (double[] row : features) {
      for (int k = 0; k < row.length; k++) {
        row[k] = random.nextGaussian();
      }
    }
    double[] gram = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n + 3; k++) {
          gram[i * n + j] += features[i][k] * features[j][k];
        }
      }
    }
    return gram;
  }
}
