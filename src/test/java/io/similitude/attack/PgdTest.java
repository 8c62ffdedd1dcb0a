package io.similitude.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.attack.search.L2Ball;
import io.similitude.dataset.Examples;
import io.similitude.input.InputException;
import io.similitude.network.Classifier;
import io.similitude.network.Network;
import io.similitude.network.ReferenceNetwork;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PgdTest {
  @TempDir Path folder;

  static Stream<Arguments> references() {
    return Arrays.stream(ReferenceNetwork.values())
        .flatMap(
            network ->
                Stream.of(
                    Arguments.of(network, "linf", 8.0 / 255, 2.0 / 255),
                    Arguments.of(network, "l2", 1, 0.25)));
  }

  @ParameterizedTest
  @MethodSource("references")
  void givesWhatPyTorchGave(ReferenceNetwork reference, String norm, Number epsilon, Number step)
      throws Exception {
    try (Network network = reference.load(folder)) {
      Examples actual =
          Trial.perturb(
              network,
              reference.examples(),
              "pgd-" + norm,
              "epsilon",
              epsilon,
              "step-size",
              step,
              "steps",
              5,
              "random-start",
              false);

      float[] expected = reference.attacked(norm).pixels();
      assertThat(actual.pixels()).hasSameSizeAs(expected);
      int off = 0;
      for (int i = 0; i < expected.length; i++) {
        off += Math.abs(actual.pixels()[i] - expected[i]) <= 1e-4 ? 0 : 1;
      }
      // Where a gradient is about 0, its sign hangs on the order of a sum.
      assertThat(off / (double) expected.length).isLessThan(0.001);
    }
  }

  @Test
  void fgsmIsItsOneStepOfLengthEpsilon() {
    TinyNetwork network = Trial.network(1);
    Examples batch = Trial.examples(6, 2, network);

    assertThat(Trial.perturb(network, batch, "fgsm", "epsilon", 0.1).pixels())
        .isEqualTo(
            Trial.perturb(
                    network,
                    batch,
                    "pgd-linf",
                    "epsilon",
                    0.1,
                    "step-size",
                    0.1,
                    "steps",
                    1,
                    "random-start",
                    false)
                .pixels());
  }

  @ParameterizedTest
  @CsvSource({"pgd-linf, 0.05", "pgd-l2, 1.0", "pgd-l1, 20"})
  void aimsAtATarget(String attack, double epsilon) {
    TinyNetwork network = Trial.network(1);
    Examples batch = Trial.examples(40, 3, network);

    Examples aimed = Trial.perturb(network, batch, attack, "epsilon", epsilon, "target", 2);

    int before = predicted(network, batch, 2);
    assertThat(predicted(network, aimed, 2)).isGreaterThan(before + 5);
  }

  @Test
  void leavesAnExampleOfTheTargetAsItIs() {
    TinyNetwork network = Trial.network(1);
    Examples batch = Trial.examples(1, 3, network);
    int label = batch.labels().orElseThrow()[0];

    assertThat(Trial.perturb(network, batch, "fgsm", "epsilon", 0.1, "target", label).pixels())
        .isEqualTo(batch.pixels());
  }

  @Test
  void stopsEarlyAtTheFirstImageThatFools() {
    TinyNetwork network = Trial.network(4);
    Examples batch = Trial.examples(40, 5, network);

    Examples stopped =
        Trial.perturb(
            network, batch, "pgd-l2", "epsilon", 2, "random-start", false, "early-stop", true);
    Examples full = Trial.perturb(network, batch, "pgd-l2", "epsilon", 2, "random-start", false);

    assertThat(Trial.accuracy(network, stopped)).isLessThanOrEqualTo(Trial.accuracy(network, full));
    int smaller = 0;
    for (int i = 0; i < batch.count(); i++) {
      double length = L2Ball.norm(Trial.change(batch, stopped, i));
      smaller += length < L2Ball.norm(Trial.change(batch, full, i)) ? 1 : 0;
    }
    assertThat(smaller).isGreaterThan(20);
  }

  @Test
  void keepsTheBestOfItsRestarts() {
    TinyNetwork network = Trial.network(6);
    Examples batch = Trial.examples(40, 7, network);

    double one = Trial.loss(network, restarted(network, batch, 1));
    double five = Trial.loss(network, restarted(network, batch, 5));

    assertThat(five).isGreaterThan(one);
    assertThat(Trial.accuracy(network, restarted(network, batch, 5)))
        .isLessThanOrEqualTo(Trial.accuracy(network, restarted(network, batch, 1)));
  }

  @Test
  void hasNoUseForRestartsThatAreAllTheSame() {
    assertThatThrownBy(
            () ->
                Attacks.create(
                    Trial.view("pgd-l2", "epsilon", 1, "restarts", 3, "random-start", false)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Invalid restarts of view v: 3 (must be 1 without random-start: all starts would give the same result)");
  }

  private static Examples restarted(TinyNetwork network, Examples batch, int restarts) {
    return Trial.perturb(
        network, batch, "pgd-linf", "epsilon", 0.03, "steps", 2, "restarts", restarts);
  }

  private static int predicted(TinyNetwork network, Examples examples, int wanted) {
    int count = 0;
    for (float[] logits : network.logits(examples)) {
      count += Classifier.predicted(logits) == wanted ? 1 : 0;
    }
    return count;
  }
}
