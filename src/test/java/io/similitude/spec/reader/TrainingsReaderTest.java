package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.EvaluationSpec;
import io.similitude.spec.RateSchedule;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.TrainingAttack;
import io.similitude.spec.TrainingMethod;
import io.similitude.spec.TrainingSpec;
import io.similitude.spec.TrainingSpec.AttackMode;
import io.similitude.spec.TrainingSpec.OptimizerSpec;
import io.similitude.spec.TrainingSpec.WeightsFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** Specs that train. */
final class TrainingsReaderTest {
  private static final String BEGIN =
      """
      sweep: small
      output: /runs
      datasets:
        test: {format: idx, images: x.gz, labels: y.gz}
        train: {format: idx, images: a.gz, labels: b.gz}
      batch: 8
      networks:
        net: {architecture: wide-resnet, depth: 10, width: 1}
      views: [{id: benign}, {id: linf, attack: pgd-linf, epsilon: 8/255}, {id: moved, attack: pgd-linf, craft-on: a-epoch-200}]
      training:
        plain: {method: standard, data: train}
      """;

  private static final String CHECKPOINTS = "checkpoints: [{id: a, network: net, train: plain}]\n";

  private static String recipe(String more) {
    return BEGIN + more + CHECKPOINTS;
  }

  private static List<String> problems(String line) {
    return Specs.problems(recipe("  x: " + line + "\n"));
  }

  @Test
  void theUsualValuesAreThoseOfTheSources() {
    TrainingSpec plain = Specs.read(BEGIN + CHECKPOINTS).recipes().get("plain");

    assertThat(plain)
        .isEqualTo(
            new TrainingSpec(
                "plain",
                TrainingMethod.STANDARD,
                "train",
                200,
                128,
                new OptimizerSpec(0.1, 0.9, 5e-4, false),
                new RateSchedule.Piecewise(List.of(0.5, 0.75), 0.1),
                OptionalInt.empty(),
                false,
                0,
                Optional.empty(),
                AttackMode.EVALUATION,
                6,
                new EvaluationSpec(
                    List.of("test"), List.of("benign", "linf"), 1, OptionalInt.empty()),
                WeightsFormat.PTH));
  }

  @Test
  void aRecipeExtendsAnother() {
    Map<String, TrainingSpec> recipes =
        Specs.read(
                recipe(
                    """
                      robust: {extends: plain, method: pgd-at, epochs: 12, augment: [crop: 4, flip]}
                      l2: {extends: robust, attack: {attack: pgd-l2, steps: 3}}
                      trades: {extends: robust, method: trades, beta: 4}
                      fast: {extends: plain, method: fast-at, attack: {epsilon: 4/255}, schedule: {cyclic: {}}}
                      cosine: {extends: plain, schedule: cosine, optimizer: {sgd: {nesterov: true, rate: 1/2}}, evaluate: {every: 3, data: [test, train], views: linf, examples: 10}}
                    """))
            .recipes();

    TrainingSpec robust = recipes.get("robust");
    assertThat(robust.data()).isEqualTo("train");
    assertThat(robust.attack())
        .contains(new TrainingAttack("pgd-linf", 8 / 255.0, 2 / 255.0, 10, true));
    assertThat(robust.crop()).hasValue(4);
    assertThat(robust.flip()).isTrue();
    assertThat(recipes.get("l2").attack())
        .contains(new TrainingAttack("pgd-l2", 128 / 255.0, 15 / 255.0, 3, true));
    assertThat(recipes.get("l2").epochs()).isEqualTo(12);
    assertThat(recipes.get("trades").beta()).isEqualTo(4);
    assertThat(recipes.get("fast").attack())
        .contains(new TrainingAttack("pgd-linf", 4 / 255.0, 1.25 * 4 / 255.0, 1, true));
    assertThat(recipes.get("fast").schedule()).isEqualTo(new RateSchedule.Cyclic(0.4));
    assertThat(recipes.get("fast").epochs()).isEqualTo(15);
    assertThat(recipes.get("cosine").optimizer())
        .isEqualTo(new OptimizerSpec(0.5, 0.9, 5e-4, true));
    assertThat(recipes.get("cosine").evaluation().examples()).hasValue(10);
  }

  /** The seed does not draw the first weights of an exported network. */
  @Test
  void aTrainingOfAnExportedNetworkStartsFromItsFile() {
    SweepSpec spec =
        Specs.read(
            BEGIN
                    .replace("networks:\n", "networks:\n  file: {exported: net.pt2}\n")
                    .replace("a-epoch-200", "f-4-epoch-200")
                + "checkpoints: [{id: 'f-{seed}', network: file, train: plain, seeds: [4, 7], keep: [0, last]}]\n");

    assertThat(spec.checkpoints())
        .extracting(
            it -> it.tags().get("seed") + " " + it.tags().get("init") + " " + it.tags().get("role"))
        .containsExactly("4 file start", "4 file last", "7 file start", "7 file last");
  }

  @Test
  void checkpointsAreNamedAndTagged() {
    SweepSpec spec =
        Specs.read(
            BEGIN
                + "  robust: {extends: plain, method: pgd-at, epochs: 3}\n"
                + "checkpoints: [{id: 'r-s{seed}', network: net, train: robust, seeds: [4, 7], keep: [0, 1, best, last], tags: {data: mine}}]\n",
            "views.2={id: third}");

    assertThat(spec.checkpoints())
        .extracting(CheckpointSpec::id)
        .containsExactly(
            "r-s4-epoch-0",
            "r-s4-epoch-1",
            "r-s4-best",
            "r-s4-epoch-3",
            "r-s7-epoch-0",
            "r-s7-epoch-1",
            "r-s7-best",
            "r-s7-epoch-3");
    assertThat(spec.checkpoints().get(0).weights())
        .isEqualTo("/runs/small/checkpoints/r-s4/epoch-0.pth");
    assertThat(spec.checkpoints().get(0).tags())
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("run", "r-s4"),
                    Map.entry("training", "pgd-at-linf"),
                    Map.entry("recipe", "robust"),
                    Map.entry("epsilon", "8/255"),
                    Map.entry("seed", "4"),
                    Map.entry("init", "4"),
                    Map.entry("epoch", "0"),
                    Map.entry("role", "untrained"),
                    Map.entry("data", "mine"),
                    Map.entry("width", "1"),
                    Map.entry("depth", "10"))));
    assertThat(spec.checkpoints().get(2).tags()).containsEntry("role", "best");
    assertThat(spec.checkpoints().get(3).tags()).containsEntry("role", "last");
    assertThat(spec.trainings()).hasSize(2);
    assertThat(spec.trainings().get(1).seed()).isEqualTo(7);
    assertThat(spec.trainings().get(1).keeps(1)).isTrue();
    assertThat(spec.trainings().get(1).keeps(2)).isFalse();
    assertThat(spec.trainings().get(1).keeps(3)).isTrue();
    assertThat(spec.trainings().get(1).keepsBest()).isTrue();
  }

  @Test
  void isWrittenBackAndTravels() throws Exception {
    SweepSpec spec =
        Specs.read(
            recipe(
                "  trades: {extends: plain, method: trades, augment: [flip], schedule: cosine}\n"));
    String yaml = new Dump(DumpSettings.builder().build()).dumpToString(SweepWriter.tree(spec));

    SweepSpec again = Specs.read(yaml);

    assertThat(again.recipes()).isEqualTo(spec.recipes());
    assertThat(again.checkpoints().get(0).weights()).isEqualTo(spec.checkpoints().get(0).weights());
    assertThat(Specs.copy(spec)).isEqualTo(spec);
  }

  @Test
  void problemsSayWhatMayBe() {
    assertThat(problems("{method: standart}"))
        .containsExactly(
            "s.yaml:12:15: Invalid method: standart (did you mean standard? known: standard, pgd-at, trades, fast-at)");
    assertThat(problems("{extends: x}"))
        .containsExactly(
            "s.yaml:12:16: Invalid extends: x (a recipe must not extend itself: x extends x)");
    assertThat(problems("{extends: plain, epoch: 3}"))
        .singleElement()
        .asString()
        .contains("Unknown key: epoch (did you mean epochs?)");
    assertThat(problems("{extends: plain, optimizer: {sgd: {rate: 0}}}"))
        .containsExactly("s.yaml:12:47: Invalid rate: 0 (must be a number above 0)");
    assertThat(problems("{extends: plain, attack: {epsilon: 1}}"))
        .singleElement()
        .asString()
        .contains("Unknown key: attack");
    assertThat(problems("{extends: plain, method: trades, attack: {attack: pgd-l2}}"))
        .singleElement()
        .asString()
        .contains("Invalid attack: pgd-l2");
    assertThat(problems("{extends: plain, evaluate: {views: moved}}"))
        .singleElement()
        .asString()
        .contains("Invalid views: moved (is made against another checkpoint (craft-on))");
    assertThat(problems("{extends: plain, schedule: {piecewise: {at: [2]}}}"))
        .containsExactly(
            "s.yaml:12:51: Invalid at: 2 (must be a share of the training between 0 and 1)");
    assertThat(problems("{extends: plain, augment: [crop]}"))
        .singleElement()
        .asString()
        .contains("Invalid augment: crop (known: flip)");
    assertThat(
            Specs.problems(
                BEGIN
                    + "checkpoints: [{id: a, network: net, train: plain, seeds: [0, 1], keep: [201]}]\n"))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "49, 9, 1", "50, 0, 0.1", "74, 9, 0.1", "75, 0, 0.01", "99, 9, 0.01"})
  void ratesGoAsTheSourcesHaveThem(int epoch, int step, double piecewise) {
    RateSchedule.Moment moment = new RateSchedule.Moment(epoch, step, 10, 100);

    assertThat(new RateSchedule.Piecewise(List.of(0.5, 0.75), 0.1).factor(moment))
        .isEqualTo(piecewise, within(1e-15));
    assertThat(new RateSchedule.Cosine().factor(moment))
        .isEqualTo((1 + Math.cos(Math.PI * (epoch * 10 + step) / 1000.0)) / 2, within(1e-12));
    assertThat(new RateSchedule.Constant().factor(moment)).isEqualTo(1);
  }

  @Test
  void aCyclicRateRisesToItsPeakAndFallsToNothing() {
    RateSchedule cyclic = new RateSchedule.Cyclic(0.4);

    assertThat(cyclic.factor(new RateSchedule.Moment(0, 0, 10, 10))).isEqualTo(0.01 / 0.4);
    assertThat(cyclic.factor(new RateSchedule.Moment(3, 9, 10, 10))).isEqualTo(1, within(1e-12));
    assertThat(cyclic.factor(new RateSchedule.Moment(9, 9, 10, 10))).isZero();
  }
}
