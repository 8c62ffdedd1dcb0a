package io.similitude.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.dataset.Examples;
import io.similitude.input.InputException;
import io.similitude.network.Classifier;
import io.similitude.network.InputGradient;
import io.similitude.network.Network;
import io.similitude.network.ReferenceNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every attack. */
final class AttacksTest {
  static final List<String> ALL = List.copyOf(Attacks.parameters().keySet());

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("ALL")
  void staysInTheUnitCubeAndKeepsIdsAndLabels(String attack) {
    for (long seed = 0; seed < 4; seed++) {
      TinyNetwork network = Trial.network(seed);
      Examples batch = Trial.examples(9, seed, network);

      Examples perturbed = Trial.perturb(network, batch, attack, budget(attack, 0.8));

      assertThat(perturbed.ids()).isEqualTo(batch.ids());
      assertThat(perturbed.labels()).isEqualTo(batch.labels());
      assertThat(perturbed.shape()).isEqualTo(batch.shape());
      assertThat(perturbed.pixels()).isNotEqualTo(batch.pixels());
      for (float pixel : perturbed.pixels()) {
        assertThat(pixel).isBetween(0f, 1f);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void treatsAnExampleAlikeInEveryBatch(String attack) {
    TinyNetwork network = Trial.network(2);
    Examples batch = Trial.examples(7, 2, network);
    float[] together = Trial.perturb(network, batch, attack, budget(attack, 0.3)).pixels();
    int size = batch.shape().size();

    for (int i = 0; i < batch.count(); i++) {
      float[] alone =
          Trial.perturb(network, batch.slice(i, i + 1), attack, budget(attack, 0.3)).pixels();
      assertThat(alone).isEqualTo(Arrays.copyOfRange(together, i * size, (i + 1) * size));
    }
    assertThat(Trial.perturb(network, batch, 3, attack, budget(attack, 0.3)).pixels())
        .isEqualTo(together);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void showsTheNetworkNoMoreThanAMicroBatch(String attack) {
    TinyNetwork network = Trial.network(2);
    Examples batch = Trial.examples(7, 2, Trial.network(2));

    Trial.perturb(network, batch, 3, attack, budget(attack, 0.3));

    assertThat(network.largestBatch()).isLessThanOrEqualTo(3);
  }

  static Stream<Arguments> iterative() {
    return Stream.of(
        Arguments.of("pgd-linf", List.of("epsilon", 0.02), 0.02),
        Arguments.of("pgd-l2", List.of("epsilon", 0.5), 0.02),
        Arguments.of("pgd-l1", List.of("epsilon", 8.0), 0.02),
        Arguments.of("apgd-ce", List.of("epsilon", 0.02), 0.02),
        Arguments.of("apgd-ce", List.of("epsilon", 0.5, "norm", "l2"), 0.02),
        Arguments.of("apgd-dlr", List.of("epsilon", 0.02), 0.02),
        Arguments.of("apgd-dlr", List.of("epsilon", 0.5, "norm", "l2"), 0.02),
        Arguments.of("jpeg", List.of("epsilon", 0.3), 0.02),
        Arguments.of("jpeg", List.of("epsilon", 3, "norm", "l2"), 0.02),
        Arguments.of("jpeg", List.of("epsilon", 30, "norm", "l1"), 0.02),
        Arguments.of("gabor", List.of("epsilon", 0.1), 0.02),
        // Flakes that overlap make a rough loss: 24 examples' mean varies by some hundredths.
        Arguments.of("snow", List.of("epsilon", 0.8), 0.1));
  }

  @ParameterizedTest
  @MethodSource("iterative")
  void gainsByMoreSteps(String attack, List<Object> parameters, double noise) {
    TinyNetwork network = Trial.network(5);
    Examples batch = Trial.examples(24, 5, network);
    double before = margin(network, batch);
    double benign = before;
    for (int steps : new int[] {1, 4, 16}) {
      List<Object> all = new ArrayList<>(parameters);
      Collections.addAll(all, "steps", steps);
      double after = margin(network, Trial.perturb(network, batch, attack, all.toArray()));
      // The steps get smaller as there are more of them: a little noise is all that they may lose.
      assertThat(after).as("%s after %d steps", attack, steps).isLessThan(before + noise);
      before = after;
    }
    assertThat(before).isLessThan(benign - 0.1);
  }

  @Test
  void everyAttackThatTakesStepsGainsByThem() {
    assertThat(iterative().map(arguments -> (String) arguments.get()[0]).distinct().toList())
        .containsExactlyInAnyOrderElementsOf(
            ALL.stream()
                .filter(attack -> Attacks.parameters().get(attack).contains("steps"))
                .toList());
  }

  /**
   * How far the network is from being fooled: what the label's logit has over the largest other, at
   * least 0, in the mean.
   */
  private static double margin(TinyNetwork network, Examples examples) {
    float[][] logits = network.logits(examples);
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      int label = examples.labels().orElseThrow()[i];
      double other = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < logits[i].length; c++) {
        other = c == label ? other : Math.max(other, logits[i][c]);
      }
      sum += Math.max(0, logits[i][label] - other);
    }
    return sum / logits.length;
  }

  /** Built-in and exported ones, each attacked twice while the others are. */
  @Test
  void networksAttackedAtOnceGiveWhatTheyGiveAloneAndStayAsTheyWere() throws Exception {
    Map<ReferenceNetwork, Network> networks = new EnumMap<>(ReferenceNetwork.class);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<float[]>> attacks = new ArrayList<>();
      List<float[]> alone = new ArrayList<>();
      Map<ReferenceNetwork, float[][]> logits = new EnumMap<>(ReferenceNetwork.class);
      for (ReferenceNetwork reference : ReferenceNetwork.values()) {
        Network network = reference.load(folder);
        networks.put(reference, network);
        logits.put(reference, network.logits(reference.examples()));
        attacks.add(() -> attacked(network, reference));
        alone.add(attacked(network, reference));
      }
      List<Callable<float[]>> twice = new ArrayList<>(attacks);
      twice.addAll(attacks);
      List<Future<float[]>> together = threads.invokeAll(twice);
      for (int i = 0; i < together.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i % alone.size()));
      }
      for (ReferenceNetwork reference : ReferenceNetwork.values()) {
        assertThat(networks.get(reference).logits(reference.examples()))
            .isDeepEqualTo(logits.get(reference));
      }
    } finally {
      threads.shutdown();
      networks.values().forEach(Network::close);
    }
  }

  private static float[] attacked(Network network, ReferenceNetwork reference) {
    return Trial.perturb(network, reference.examples(), "pgd-linf", "epsilon", 0.03).pixels();
  }

  static Stream<Arguments> problems() {
    return Stream.of(
        Arguments.of("pgd-linf", List.of(), "Invalid epsilon of view v: nothing" + UNIT),
        Arguments.of("fgsm", List.of("epsilon", -0.1), "Invalid epsilon of view v: -0.1" + UNIT),
        Arguments.of("pgd-linf", List.of("epsilon", 8), "Invalid epsilon of view v: 8" + UNIT),
        Arguments.of(
            "pgd-linf", List.of("epsilon", true), "Invalid epsilon of view v: true" + UNIT),
        Arguments.of(
            "pgd-l2",
            List.of("epsilon", "8/256x"),
            "Invalid epsilon of view v: 8/256x (must be a number of at least 0, such as 8/255)"),
        Arguments.of(
            "pgd-l2",
            List.of("epsilon", 1, "step-size", 0),
            "Invalid step-size of view v: 0 (must be a number above 0)"),
        Arguments.of(
            "pgd-l2",
            List.of("epsilon", 1, "steps", 0),
            "Invalid steps of view v: 0 (must be a whole number of at least 1)"),
        Arguments.of(
            "pgd-l2",
            List.of("epsilon", 1, "random-start", "no"),
            "Invalid random-start of view v: no (must be true or false)"),
        Arguments.of(
            "pgd-l1",
            List.of("epsilon", 1, "share", 0),
            "Invalid share of view v: 0 (must be above 0)"),
        Arguments.of(
            "apgd-ce",
            List.of("epsilon", 0.1, "norm", "l1"),
            "Invalid norm of view v: l1 (must be one of linf, l2)"),
        Arguments.of(
            "jpeg",
            List.of("epsilon", 2, "norm", "l1", "step-size", 0.5),
            "Invalid step-size of view v: 0.5 (must be absent with norm l1: Frank-Wolfe has its own)"),
        Arguments.of(
            "spatial",
            List.of("rotation", 181),
            "Invalid rotation of view v: 181 (must be a number between 0.0 and 180.0)"),
        Arguments.of(
            "spatial",
            List.of("trials", 5, "search", "grid"),
            "Invalid trials of view v: 5 (must be absent unless search is random)"),
        Arguments.of(
            "snow",
            List.of("epsilon", Double.NaN),
            "Invalid epsilon of view v: NaN (must be a number of at least 0, such as 8/255)"),
        Arguments.of(
            "fgsm",
            List.of("epsilon", 0.1, "target", "cat"),
            "Invalid target of view v: cat (must be a class, a whole number of at least 0)"),
        Arguments.of(
            "gabour",
            List.of(),
            "Invalid attack of view v: gabour (known: " + String.join(", ", ALL) + ")"));
  }

  private static final String UNIT =
      " (must be a number between 0 and 1, such as 8/255: pixels are in [0, 1])";

  @ParameterizedTest
  @MethodSource("problems")
  void saysWhatIsWrongWithItsParameters(String attack, List<Object> parameters, String message) {
    assertThatThrownBy(() -> Attacks.create(Trial.view(attack, parameters.toArray())))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @Test
  void wantsLabels() {
    TinyNetwork network = Trial.network(1);
    Examples labelled = Trial.examples(2, 1, network);
    Examples batch =
        new Examples(labelled.ids(), labelled.shape(), labelled.pixels(), Optional.empty());

    assertThat(Attacks.create(Trial.view("fgsm", "epsilon", 0.1)).usesLabels()).isTrue();
    assertThatThrownBy(() -> Trial.perturb(network, batch, "fgsm", "epsilon", 0.1))
        .hasMessage("Cannot attack a data set without labels (add labels, or show it under noise)");
    assertThat(Trial.perturb(network, batch, "gaussian-noise", "epsilon", 0.1).labels()).isEmpty();
  }

  @Test
  void wantsLabelsAndTargetsThatTheNetworkKnows() {
    TinyNetwork network = Trial.network(1);
    Examples known = Trial.examples(2, 1, network);
    Examples unknown =
        new Examples(known.ids(), known.shape(), known.pixels(), Optional.of(new int[] {1, 5}));

    assertThatThrownBy(() -> Trial.perturb(network, unknown, "fgsm", "epsilon", 0.1))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot attack with label 5: the network has classes 0 to 4 (must be one of them)");
    assertThatThrownBy(() -> Trial.perturb(network, known, "fgsm", "epsilon", 0.1, "target", 9))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot attack with target 9: the network has classes 0 to 4 (must be one of them)");
  }

  @Test
  void wantsPixelsInTheUnitCube() {
    TinyNetwork network = Trial.network(1);
    for (float wrong : new float[] {-0.01f, 1.01f, Float.NaN}) {
      Examples batch = Trial.examples(2, 1, network);
      batch.pixels()[Trial.SHAPE.size() + 5] = wrong;

      assertThatThrownBy(() -> Trial.perturb(network, batch, "fgsm", "epsilon", 0.1))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "Cannot attack example 1: a pixel is %s (attacks want pixels in [0, 1]; let the network normalise)",
              wrong);
    }
  }

  /** A network that gives one example values that are not finite. */
  @ParameterizedTest
  @ValueSource(strings = {"fgsm", "pgd-linf", "pgd-l2", "apgd-ce", "apgd-dlr", "spatial"})
  void logitsThatAreNotFiniteCostTheirOwnExampleOnly(String attack) {
    TinyNetwork network = Trial.network(1);
    Examples batch = Trial.examples(4, 1, network);
    float[] whole = Trial.perturb(network, batch, attack, budget(attack, 0.8)).pixels();
    int size = Trial.SHAPE.size();
    long bad = batch.ids()[1];

    Perturbed perturbed =
        Trial.perturbed(
            new Poisoned(network, bad, Float.NaN, 1), batch, attack, budget(attack, 0.8));

    assertThat(perturbed.gradients().get(1)).isEqualTo(GradientState.NOT_FINITE);
    for (int i = 0; i < batch.count(); i++) {
      assertThat(Arrays.copyOfRange(perturbed.examples().pixels(), i * size, (i + 1) * size))
          .containsExactly(
              Arrays.copyOfRange(i == 1 ? batch.pixels() : whole, i * size, (i + 1) * size));
    }
  }

  @Test
  void aGradientThatIsNotFiniteSomewhereIsFollowedElsewhere() {
    TinyNetwork network = Trial.network(1);
    Examples batch = Trial.examples(2, 1, network);

    Perturbed perturbed =
        Trial.perturbed(
            new Poisoned(network, batch.ids()[0], 0, Float.NaN), batch, "fgsm", "epsilon", 0.1);

    assertThat(perturbed.gradients())
        .containsExactly(GradientState.NOT_FINITE, GradientState.USABLE);
    assertThat(perturbed.examples().pixels()[0]).isEqualTo(batch.pixels()[0]);
    assertThat(perturbed.examples().slice(0, 1).pixels()).isNotEqualTo(batch.slice(0, 1).pixels());
  }

  @Test
  void aGradientThatIsZeroIsTold() {
    TinyNetwork network = Trial.network(1);
    Examples batch = Trial.examples(2, 1, network);

    Perturbed perturbed =
        Trial.perturbed(
            new Poisoned(network, batch.ids()[1], 0, 0), batch, "pgd-linf", "epsilon", 0.1);

    assertThat(perturbed.gradients()).containsExactly(GradientState.USABLE, GradientState.ZERO);
    assertThat(Trial.perturbed(network, batch, "spatial").gradients())
        .containsOnly(GradientState.UNUSED);
  }

  /**
   * A network that gives one example other values.
   *
   * @param logit added to its logits
   * @param factor of its gradient's first value; of all of them where it is 0
   */
  private record Poisoned(Classifier network, long example, float logit, float factor)
      implements Classifier {
    @Override
    public float[][] logits(Examples examples) {
      return poisoned(examples, network.logits(examples));
    }

    @Override
    public InputGradient inputGradient(Examples examples, UnaryOperator<float[][]> lossGradient) {
      InputGradient seen =
          network.inputGradient(examples, logits -> lossGradient.apply(poisoned(examples, logits)));
      int size = examples.shape().size();
      float[] pixels = seen.pixels().clone();
      for (int i = 0; i < examples.count(); i++) {
        if (examples.ids()[i] == example) {
          for (int k = 0; k < (factor == 0 ? size : 1); k++) {
            pixels[i * size + k] *= factor;
          }
        }
      }
      return new InputGradient(poisoned(examples, seen.logits()), pixels);
    }

    private float[][] poisoned(Examples examples, float[][] logits) {
      float[][] changed = new float[logits.length][];
      for (int i = 0; i < logits.length; i++) {
        changed[i] = logits[i].clone();
        if (examples.ids()[i] == example) {
          changed[i][0] += logit;
        }
      }
      return changed;
    }
  }

  /** An attack's parameters when it may use a part of what it can do at most. */
  private static Object[] budget(String attack, double part) {
    return switch (attack) {
      case "spatial" -> new Object[] {"rotation", 30 * part, "translation", 3 * part};
      case "pgd-l2" -> new Object[] {"epsilon", 5 * part};
      case "pgd-l1" -> new Object[] {"epsilon", 50 * part};
      case "apgd-ce", "apgd-dlr" -> new Object[] {"epsilon", 0.2 * part, "steps", 12};
      default -> new Object[] {"epsilon", 0.2 * part};
    };
  }
}
