package io.similitude.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.attack.search.AttackCost;
import io.similitude.attack.search.RandomSource;
import io.similitude.dataset.Examples;
import io.similitude.network.Classifier;
import io.similitude.network.InputGradient;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an attack is said to cost is what it takes, counted. */
final class AttackCostTest {
  static Stream<Arguments> attacks() {
    return Stream.of(
        attack(new AttackCost(1, 1), "fgsm", "epsilon", 0.1),
        attack(new AttackCost(10, 10), "pgd-linf", "epsilon", 0.1),
        attack(new AttackCost(1000, 1000), "pgd-linf", "epsilon", 0.1, "steps", 1000),
        attack(new AttackCost(15 + 3, 15), "pgd-l2", "epsilon", 1, "steps", 5, "restarts", 3),
        attack(new AttackCost(40 + 2, 40), "apgd-ce", "epsilon", 0.1, "steps", 20, "restarts", 2),
        attack(new AttackCost(30, 30), "jpeg", "epsilon", 0.5),
        attack(new AttackCost(7, 0), "spatial", "trials", 7),
        attack(
            new AttackCost(2 * 3 * 3, 0),
            "spatial",
            "search",
            "grid",
            "rotations",
            2,
            "translations",
            3),
        attack(new AttackCost(0, 0), "gaussian-noise", "epsilon", 0.1));
  }

  private static Arguments attack(AttackCost cost, String name, Object... parameters) {
    return Arguments.of(cost, name, parameters);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void isWhatTheAttackTakes(AttackCost cost, String name, Object... parameters) {
    Counting network = new Counting(Trial.network(1));
    Examples batch = Trial.examples(3, 1, network.network);
    Attack attack = Attacks.create(Trial.view(name, parameters));

    attack.perturb(network, batch, RandomSource.of(0, "c", "v"), 2);

    assertThat(attack.cost()).isEqualTo(cost);
    assertThat(network.forward).isEqualTo(3 * cost.forward());
    assertThat(network.backward).isEqualTo(3 * cost.backward());
  }

  private static final class Counting implements Classifier {
    private final Classifier network;
    private long forward;
    private long backward;

    private Counting(Classifier network) {
      this.network = network;
    }

    @Override
    public float[][] logits(Examples examples) {
      forward += examples.count();
      return network.logits(examples);
    }

    @Override
    public InputGradient inputGradient(Examples examples, UnaryOperator<float[][]> lossGradient) {
      forward += examples.count();
      backward += examples.count();
      return network.inputGradient(examples, lossGradient);
    }
  }
}
