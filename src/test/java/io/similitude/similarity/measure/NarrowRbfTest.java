package io.similitude.similarity.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.spec.measure.Kernel;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RBF kernels whose entries off the diagonal are small. */
final class NarrowRbfTest {
  private static final int N = 16;

  /** Distances of that many random features are all alike: the kernel is nearly constant, too. */
  @Test
  void manyRandomFeaturesHaveAValueAtANarrowBandwidth() {
    float[][] x = normal(1, 100_000);
    float[][] y = normal(2, 100_000);
    DenseGram a = DenseGram.of(PackedGram.ofFeatures(x));
    DenseGram b = DenseGram.of(PackedGram.ofFeatures(y));

    assertThat(value(0.2, a, a)).isEqualTo(1, within(1e-12));
    assertThat(value(0.2, a, DenseGram.ofFeatures(x))).isEqualTo(1, within(1e-4));
    assertThat(value(0.2, a, b)).isBetween(-0.5, 0.5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.2, 0.12, 0.099, 0.06, 0.05})
  void isTheRatioOfTheKernelsThemselves(double bandwidth) {
    double[][] x = wide(normal(3, 4));
    double[][] y = wide(normal(4, 4));

    double expected = direct(kernel(x, bandwidth), kernel(y, bandwidth));

    assertThat(value(bandwidth, DenseGram.ofFeatures(x), DenseGram.ofFeatures(y)))
        .isEqualTo(expected, within(1e-9));
  }

  @Test
  void whereNoTwoExamplesAreNearThereIsNoNumberAndTheStatusSaysSo() {
    DenseGram far = DenseGram.ofFeatures(normal(5, 1000));

    assertThat(measure(0.02).of(far, far))
        .isEqualTo(MeasureValue.missing(Status.BANDWIDTH_TOO_NARROW));
  }

  private static double value(double bandwidth, DenseGram a, DenseGram b) {
    return measure(bandwidth).of(a, b).value().orElseThrow();
  }

  private static PairMeasure<?> measure(double bandwidth) {
    return Measures.of(
        MeasureSpec.of(
            Measure.CKA, Map.of(Setting.KERNEL, Kernel.RBF, Setting.BANDWIDTH, bandwidth)));
  }

  /** The formula as it stands, of Song's estimator, from kernels that float64 holds. */
  private static double direct(double[][] k, double[][] l) {
    return song(k, l) / Math.sqrt(song(k, k) * song(l, l));
  }

  private static double song(double[][] k, double[][] l) {
    double products = 0;
    double rows = 0;
    double sumK = 0;
    double sumL = 0;
    for (int i = 0; i < N; i++) {
      double rowK = 0;
      double rowL = 0;
      for (int j = 0; j < N; j++) {
        products += k[i][j] * l[i][j];
        rowK += k[i][j];
        rowL += l[i][j];
      }
      rows += rowK * rowL;
      sumK += rowK;
      sumL += rowL;
    }
    return products + sumK * sumL / ((N - 1) * (N - 2)) - 2 * rows / (N - 2);
  }

  private static double[][] kernel(double[][] x, double bandwidth) {
    double[][] squared = new double[N][N];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        for (int p = 0; p < x[i].length; p++) {
          squared[i][j] += (x[i][p] - x[j][p]) * (x[i][p] - x[j][p]);
        }
      }
    }
    double[] all =
        IntStream.range(0, N * N).mapToDouble(k -> squared[k / N][k % N]).sorted().toArray();
    double scale = bandwidth * bandwidth * (all[N * N / 2 - 1] + all[N * N / 2]);
    double[][] kernel = new double[N][N];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        kernel[i][j] = i == j ? 0 : Math.exp(-squared[i][j] / scale);
      }
    }
    return kernel;
  }

  private static float[][] normal(long seed, int features) {
    Random random = new Random(seed);
    float[][] rows = new float[N][features];
    for (float[] row : rows) {
      for (int j = 0; j < features; j++) {
        row[j] = (float) random.nextGaussian();
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
