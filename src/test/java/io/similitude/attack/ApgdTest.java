package io.similitude.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.attack.search.Ball;
import io.similitude.attack.search.Box;
import io.similitude.attack.search.L2Ball;
import io.similitude.attack.search.LinfBall;
import io.similitude.dataset.Examples;
import io.similitude.network.Classifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApgdTest {
  @Test
  void checksWhereThePaperDoes() {
    // p = 0.22, 0.41, 0.57, 0.70, 0.80, 0.87, 0.93, 0.99 (section 3 of Croce and Hein).
    assertThat(ApgdAscent.checkpoints(100))
        .containsExactlyInAnyOrder(22, 41, 57, 70, 80, 87, 93, 99);
    assertThat(ApgdAscent.checkpoints(1)).containsExactly(1);
  }

  @Test
  void halvesItsStepWhereTheObjectiveSeldomGrows() {
    // f(x) = -|x - 0.3|: a step of 2 epsilon jumps over the top until it has been halved often.
    Ball ball = new LinfBall(1);
    Box box = Box.symmetric(1, 1);
    ApgdAscent ascent = new ApgdAscent(ball, box, 2, 100, new float[] {-1});
    List<Float> visited = new ArrayList<>();
    for (int look = 0; look < 100; look++) {
      float x = ascent.x()[0];
      visited.add(x);
      ascent.climb(-Math.abs(x - 0.3), new float[] {Math.signum(0.3f - x)});
    }

    assertThat(visited.get(1)).isEqualTo(1);
    assertThat(distance(visited, 0, 22)).isGreaterThan(0.4);
    assertThat(distance(visited, 90, 100)).isLessThan(0.1);
  }

  private static double distance(List<Float> visited, int from, int to) {
    return visited.subList(from, to).stream()
        .mapToDouble(x -> Math.abs(x - 0.3))
        .average()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"linf, 0.02", "l2, 0.5"})
  void isAtLeastAsStrongAsPgdAtEqualCost(String norm, double epsilon) {
    for (long seed = 0; seed < 3; seed++) {
      TinyNetwork network = Trial.network(seed);
      Examples batch = Trial.examples(60, seed, network);
      Examples pgd = Trial.perturb(network, batch, "pgd-" + norm, "epsilon", epsilon, "steps", 20);
      for (String attack : List.of("apgd-ce", "apgd-dlr")) {
        Examples apgd =
            Trial.perturb(network, batch, attack, "norm", norm, "epsilon", epsilon, "steps", 20);
        assertThat(Trial.accuracy(network, apgd))
            .isLessThanOrEqualTo(Trial.accuracy(network, pgd) + 0.02);
      }
    }
  }

  @Test
  void staysInItsL2Ball() {
    TinyNetwork network = Trial.network(1);
    Examples batch = Trial.examples(8, 1, network);
    Examples apgd =
        Trial.perturb(network, batch, "apgd-dlr", "norm", "l2", "epsilon", 1, "steps", 30);

    for (int i = 0; i < batch.count(); i++) {
      assertThat(L2Ball.norm(Trial.change(batch, apgd, i))).isLessThanOrEqualTo(1 + 1e-5);
    }
  }

  @Test
  void aimsAtATarget() {
    TinyNetwork network = Trial.network(1);
    Examples batch = Trial.examples(40, 3, network);
    for (String attack : List.of("apgd-ce", "apgd-dlr")) {
      Examples aimed =
          Trial.perturb(network, batch, attack, "epsilon", 0.1, "steps", 20, "target", 2);
      int hit = 0;
      for (float[] logits : network.logits(aimed)) {
        hit += Classifier.predicted(logits) == 2 ? 1 : 0;
      }
      assertThat(hit).as(attack).isGreaterThan(30);
    }
  }

  @Test
  void keepsTheBestOfItsRestarts() {
    TinyNetwork network = Trial.network(6);
    Examples batch = Trial.examples(40, 7, network);
    double one =
        Trial.loss(network, Trial.perturb(network, batch, "apgd-ce", "epsilon", 0.03, "steps", 3));
    Examples five =
        Trial.perturb(network, batch, "apgd-ce", "epsilon", 0.03, "steps", 3, "restarts", 5);

    assertThat(Trial.loss(network, five)).isGreaterThan(one);
  }
}
