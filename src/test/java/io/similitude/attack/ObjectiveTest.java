package io.similitude.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.similitude.attack.search.CrossEntropy;
import io.similitude.attack.search.DifferenceOfLogitsRatio;
import io.similitude.attack.search.Goal;
import io.similitude.input.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ObjectiveTest {
  @Test
  void gradientsAreThoseOfTheValues() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      float[] logits = apart(random);
      int label = random.nextInt(logits.length);
      int target = (label + 1 + random.nextInt(logits.length - 1)) % logits.length;
      check(CrossEntropy.awayFrom(label), logits);
      check(CrossEntropy.towards(target), logits);
      check(new DifferenceOfLogitsRatio(label, OptionalInt.empty()), logits);
      check(new DifferenceOfLogitsRatio(label, OptionalInt.of(target)), logits);
    }
  }

  /** Logits at least 1/2 apart from each other, in any order: no step goes over a tie. */
  private static float[] apart(Random random) {
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
    Collections.shuffle(order, random);
    float[] logits = new float[order.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = order.get(i) + random.nextFloat() / 2 - 3;
    }
    return logits;
  }

  private static void check(Goal.Objective objective, float[] logits) {
    float[] gradient = objective.gradient(logits);
    for (int i = 0; i < logits.length; i++) {
      float before = logits[i];
      logits[i] = before + 0x1p-8f;
      double up = objective.value(logits);
      logits[i] = before - 0x1p-8f;
      double down = objective.value(logits);
      logits[i] = before;
      // The error of a difference quotient is the square of its step, times derivatives of about 1.
      assertThat((double) gradient[i]).isCloseTo((up - down) / 0x1p-7, within(1e-4));
    }
  }

  @Test
  void aConfidentNetworkKeepsItsGradient() {
    float[] gradient = CrossEntropy.awayFrom(0).gradient(new float[] {60, 0, 1});

    assertThat(gradient[1]).isGreaterThan(0);
    assertThat(gradient[2]).isGreaterThan(gradient[1]);
    assertThat(gradient[0]).isEqualTo(-gradient[1] - gradient[2]);
    assertThat(CrossEntropy.awayFrom(1).value(new float[] {1000, 0})).isEqualTo(1000);
  }

  @Test
  void theRatioChangesNeitherByAShiftNorByAScale() {
    Goal.Objective ratio = new DifferenceOfLogitsRatio(1, OptionalInt.empty());

    assertThat(ratio.value(new float[] {3, 2, 1, 0})).isCloseTo(0.5, within(1e-9));
    assertThat(ratio.value(new float[] {60, 40, 20, 0})).isCloseTo(0.5, within(1e-9));
    assertThat(ratio.value(new float[] {8, 7, 6, 5})).isCloseTo(0.5, within(1e-9));
    assertThat(new DifferenceOfLogitsRatio(0, OptionalInt.empty()).value(new float[] {3, 2, 1, 0}))
        .isCloseTo(-0.5, within(1e-9));
    assertThat(new DifferenceOfLogitsRatio(0, OptionalInt.of(2)).value(new float[] {3, 2, 1, 0}))
        .isCloseTo(-2 / 2.5, within(1e-9));
  }

  @Test
  void fooledMeansNotTheLabelOrTheTarget() {
    float[] logits = {0, 2, 1};

    assertThat(CrossEntropy.awayFrom(1).isReached(logits)).isFalse();
    assertThat(CrossEntropy.awayFrom(2).isReached(logits)).isTrue();
    assertThat(CrossEntropy.towards(1).isReached(logits)).isTrue();
    assertThat(CrossEntropy.towards(2).isReached(logits)).isFalse();
    assertThat(new DifferenceOfLogitsRatio(0, OptionalInt.of(2)).isReached(logits)).isFalse();
    assertThat(new DifferenceOfLogitsRatio(0, OptionalInt.empty()).isReached(logits)).isTrue();
  }

  @Test
  void theRatioNeedsThreeClasses() {
    assertThatThrownBy(
            () -> new DifferenceOfLogitsRatio(0, OptionalInt.empty()).value(new float[] {1, 2}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot attack with apgd-dlr: its loss needs 3 classes, the network has 2 (use apgd-ce)");
  }
}
