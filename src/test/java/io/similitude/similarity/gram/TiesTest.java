package io.similitude.similarity.gram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class TiesTest {
  @Test
  void numbersWithinTheirRoundingBecomeTheSmallestOfThem() {
    assertThat(joined(0.1, 3, 1 + 0.09, 7, 1, 3.05, 1 + 0.05)).containsExactly(3, 1, 7, 1, 3, 1);
  }

  @Test
  void aChainIsNoWiderThanRoundingAllows() {
    double[] chain = new double[100];
    Arrays.setAll(chain, k -> 0.15 * k);

    double[] joined = joined(0.1, chain);

    for (int k = 0; k < chain.length; k++) {
      assertThat(chain[k] - joined[k]).isBetween(0.0, 0.2);
    }
    assertThat(Arrays.stream(joined).distinct().count()).isEqualTo(50);
  }

  @Test
  void equalNumbersStayTogetherAmongOthers() {
    // The first is near enough to the three to be tied with some of them, and not with all.
    assertThat(joined(0.1, 0.85, 1, 1.001, 1.1)).containsExactly(0.85, 1, 1, 1);
  }

  @Test
  void allAreTiedIfTheExtremesAre() {
    assertThat(Ties.areAll(new double[] {1, 1.2, 1.1}, new double[] {0.1, 0.1, 0})).isTrue();
    assertThat(Ties.areAll(new double[] {1, 1.3, 1.1}, new double[] {0.1, 0.1, 0})).isFalse();
  }

  @Property(tries = 50)
  void withoutRoundingNothingIsJoined(@ForAll long seed) {
    double[] numbers = new Random(seed).doubles(60).toArray();

    assertThat(joined(0, numbers)).containsExactly(numbers);
  }

  @Property(tries = 50)
  void theOrderIsThatOfTheNumbers(@ForAll long seed) {
    double[] numbers = new Random(seed).ints(61, 0, 20).asDoubleStream().toArray();

    int[] order = Ties.order(numbers);

    for (int k = 1; k < order.length; k++) {
      boolean isAfter = numbers[order[k - 1]] < numbers[order[k]];
      boolean isEqualAndLater =
          numbers[order[k - 1]] == numbers[order[k]] && order[k - 1] < order[k];
      assertThat(isAfter || isEqualAndLater).isTrue();
    }
  }

  private static double[] joined(double error, double... numbers) {
    double[] errors = new double[numbers.length];
    Arrays.fill(errors, error);
    return Ties.joined(numbers, errors);
  }
}
