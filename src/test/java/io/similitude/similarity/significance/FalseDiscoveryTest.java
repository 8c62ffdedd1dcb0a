package io.similitude.similarity.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.measure.PermutationNull;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class FalseDiscoveryTest {
  /** The fifteen p-values of Benjamini and Hochberg's own example, shuffled. */
  private static final double[] P = {
    0.3240, 0.0001, 0.0298, 0.0278, 0.0095, 0.0019, 0.7590, 0.0004, 0.6528, 0.0201, 0.5719, 1.0,
    0.0459, 0.0344, 0.4262
  };

  @Test
  void theirExampleRejectsFour() {
    double[] q = FalseDiscovery.qValues(P);

    // By hand: 15 p / rank, then the least from there on.
    assertThat(q[1]).isEqualTo(0.0015, within(1e-15));
    assertThat(q[7]).isEqualTo(0.003, within(1e-15));
    assertThat(q[5]).isEqualTo(0.0095, within(1e-15));
    assertThat(q[4]).isEqualTo(0.035625, within(1e-15));
    assertThat(q[9]).isEqualTo(0.0603, within(1e-15));
    assertThat(q[3]).isEqualTo(0.0298 * 15 / 7, within(1e-15));
    assertThat(Arrays.stream(q).filter(value -> value <= 0.05).count()).isEqualTo(4);
  }

  @Property(tries = 50)
  void qValuesKeepTheOrderAndNeverFallBelow(@ForAll long seed) {
    double[] p = new Random(seed).doubles(40).toArray();

    double[] q = FalseDiscovery.qValues(p);

    for (int i = 0; i < p.length; i++) {
      assertThat(q[i]).isBetween(p[i], 1.0);
      for (int j = 0; j < p.length; j++) {
        assertThat(p[i] > p[j] && q[i] < q[j]).isFalse();
      }
    }
  }

  @Test
  void falseDiscoveriesKeepToTheRate() {
    Random random = new Random(4);
    double falseRate = 0;
    int tables = 500;
    for (int t = 0; t < tables; t++) {
      double[] p = new double[100];
      for (int i = 0; i < p.length; i++) {
        // The first twenty are real, 3.5 standard deviations away.
        p[i] = PermutationNull.pValue(random.nextGaussian() + (i < 20 ? 3.5 : 0));
      }
      falseRate += falseRate(FalseDiscovery.qValues(p)) / tables;
    }

    // The expected rate is 0.1 x 80 / 100; 500 tables know it to 0.003.
    assertThat(falseRate).isEqualTo(0.08, within(0.01));
  }

  @Test
  void refusesWhatIsNoProbability() {
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FalseDiscovery.qValues(new double[] {0.5, wrong}))
          .withMessage("Invalid p-value: " + wrong + " (must be between 0 and 1)");
    }
    assertThat(FalseDiscovery.qValues(new double[0])).isEmpty();
  }

  private static double falseRate(double[] q) {
    int found = 0;
    int wrong = 0;
    for (int i = 0; i < q.length; i++) {
      found += q[i] <= 0.1 ? 1 : 0;
      wrong += q[i] <= 0.1 && i >= 20 ? 1 : 0;
    }
    return found == 0 ? 0 : wrong / (double) found;
  }
}
