package io.similitude.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.network.TestExports;
import io.similitude.network.TorchEngine;
import io.similitude.network.TrainableNetwork;
import io.similitude.program.InputNormalization;
import io.similitude.program.TrainingProgram;
import io.similitude.program.architecture.Architectures;
import io.similitude.program.exported.GraphNetwork;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import io.similitude.spec.TrainingAttack;
import io.similitude.spec.TrainingMethod;
import io.similitude.spec.TrainingSpec;
import io.similitude.spec.TrainingSpec.AttackMode;
import io.similitude.spec.TrainingSpec.OptimizerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One step of each recipe from a stored state, against PyTorch 2.6
 * (src/test/resources/training/generate.py). How far float32 lies from float64 is stored beside.
 */
final class SingleStepTest {
  private static final Path FOLDER = Path.of("src/test/resources/training");

  /**
   * What the generator says of float32's own error is of one order of the sums; this is another.
   */
  private static final double ORDERS = 3;

  private static final ImageShape IMAGE = new ImageShape(3, 32, 32);

  private static final TrainingProgram PROGRAM =
      Architectures.program(
              new NetworkSpec.BuiltIn(
                  "wrn",
                  "wide-resnet",
                  Map.of("depth", 10, "width", 1, "classes", 10),
                  Normalization.NONE),
              IMAGE)
          .training();

  /** The same network in the file of an export, in evaluation mode. */
  private enum Origin {
    BUILT_IN,
    TORCH_EXPORT,
    SCRIPTED,
    TRACED;

    TrainingProgram program() {
      return switch (this) {
        case BUILT_IN -> PROGRAM;
        case SCRIPTED -> TestExports.program(FOLDER.resolve("scripted.pt"), examples()).training();
        case TRACED -> TestExports.program(FOLDER.resolve("traced.pt"), examples()).training();
        case TORCH_EXPORT -> {
          String file = "src/test/resources/torch-export/built-in/wide_resnet.pt2";
          ExportArchive archive = ExportArchive.read(Path.of(file), file);
          yield new GraphNetwork(file, archive, InputNormalization.NONE, "")
              .program(IMAGE)
              .training();
        }
      };
    }
  }

  static Stream<Arguments> steps() {
    return Stream.of(Origin.values())
        .flatMap(origin -> RECIPES.stream().map(recipe -> Arguments.of(origin, recipe)));
  }

  private static final List<String> RECIPES =
      List.of(
          "standard",
          "nesterov",
          "label-smoothing",
          "pgd-at-linf",
          "fast-at",
          "pgd-at-l2",
          "trades");

  private static final double STATISTICS = 1e-6;

  /**
   * The divergence is flat where TRADES starts. So the sign of some gradients depends on the order
   * of sums, some pixels go the other way, and the second pass sees other images: that is also why
   * PyTorch's float32 lies 2e-2 from its float64 there. Running statistics are held to the weights'
   * tolerance then.
   */
  private static final String TRADES = "trades";

  private static JsonNode expected;
  private static TrainingState before;

  @BeforeAll
  static void read() throws IOException {
    TorchEngine.configure(1);
    expected = new ObjectMapper().readTree(FOLDER.resolve("expected.json").toFile());
    before = new TrainingState(dict("before"), dict("momenta-before"), 20);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void isPyTorchs(Origin origin, String name) throws IOException {
    TrainingProgram program = origin.program();
    TrainingState before = ofOrigin(program);
    JsonNode about = expected.at("/recipes/" + name);
    TrainingSpec recipe = recipe(name, about, AttackMode.EVALUATION);

    try (Trainer trainer = Trainer.load(program, recipe, before, Optional.empty())) {
      TrainableNetwork.Step step = trainer.step(examples(), start(about), 0.05, 0);

      double loss = about.get("loss").asDouble();
      assertThat(step.loss())
          .isCloseTo((float) loss, within((float) (loss * (about.has("attack") ? 1e-3 : 1e-6))));
      assertThat(step.right()).isEqualTo(about.get("right").asInt());
      check(name, about, trainer.state());
      assertThat(trainer.state().stateDict(program).names())
          .containsExactlyInAnyOrderElementsOf(dict("after-standard").names());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAttackByTheBatchsOwnStatisticsLeavesTheRunningOnesAlone(Origin origin) throws IOException {
    TrainingProgram program = origin.program();
    JsonNode about = expected.at("/recipes/pgd-at-linf");
    TrainingSpec one = recipe("pgd-at-linf", about, AttackMode.TRAINING);

    try (Trainer trainer = Trainer.load(program, one, ofOrigin(program), Optional.empty())) {
      trainer.step(examples(), start(about), 0.05, 0);
      StateDict after = trainer.state().weights();

      // The images of the first layer are the attack's in both modes, and nearly the same.
      float[] mean = floats(after, "block1.layer.0.bn1.running_mean");
      float[] evaluated = floats(dict("after-pgd-at-linf"), "block1.layer.0.bn1.running_mean");
      for (int i = 0; i < mean.length; i++) {
        assertThat(mean[i]).isCloseTo(evaluated[i], within(2e-3f));
      }
      assertThat(trainer.state().batches()).isEqualTo(21);
    }
  }

  /** With the images given that the second pass sees, no sign of a gradient makes a difference. */
  @Test
  void runningStatisticsOfTradesAreThoseOfTwoPassesTheCleanOneFirst() throws IOException {
    JsonNode about = expected.at("/recipes/trades");
    TrainingAttack still =
        new TrainingAttack(TrainingAttack.LINF, about.get("epsilon").asDouble(), 1e-30, 1, true);
    TrainingSpec recipe =
        Recipes.of(
            TrainingMethod.TRADES,
            new OptimizerSpec(0.05, 0.9, 5e-4, false),
            0,
            Optional.of(still),
            AttackMode.EVALUATION,
            about.get("beta").asDouble());
    float[] start = npy("shown-trades.npy").floats();
    float[] pixels = examples().pixels();
    for (int i = 0; i < start.length; i++) {
      start[i] -= pixels[i];
    }
    StateDict passes = dict("statistics-trades");

    try (Trainer trainer = Trainer.load(PROGRAM, recipe, before, Optional.empty())) {
      trainer.step(examples(), Optional.of(start), 0.05, 0);
      StateDict after = trainer.state().weights();
      assertThat(passes.names()).hasSize(14);
      for (String statistic : passes.names()) {
        close(statistic, floats(passes, statistic), floats(after, statistic));
      }
    }
  }

  /**
   * An attack on more images than it takes together. The batch holds the same images several times,
   * so its statistics are those of the images.
   */
  @ParameterizedTest
  @ValueSource(strings = {"pgd-at-linf", "pgd-at-l2", "trades"})
  void aBatchOfCopiesHasTheLossOfTheImages(String name) throws IOException {
    JsonNode about = expected.at("/recipes/" + name);
    TrainingSpec recipe = recipe(name, about, AttackMode.EVALUATION);
    int copies = 5;
    assertThat(copies * examples().count())
        .isGreaterThan(2 * PROGRAM.examplesInAttack().orElseThrow());

    TrainableNetwork.Step one = step(recipe, examples(), start(about).orElseThrow());
    TrainableNetwork.Step several =
        step(recipe, copies(examples(), copies), copies(start(about).orElseThrow(), copies));

    assertThat(several.loss()).isCloseTo(one.loss(), within(2e-4f * one.loss()));
    assertThat(several.right()).isEqualTo(copies * one.right());
  }

  private static TrainableNetwork.Step step(TrainingSpec recipe, Examples batch, float[] start)
      throws IOException {
    try (Trainer trainer = Trainer.load(PROGRAM, recipe, before, Optional.empty())) {
      return trainer.step(batch, Optional.of(start), 0.05, 0);
    }
  }

  private static Examples copies(Examples examples, int count) {
    int[] labels = new int[count * examples.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = examples.labels().orElseThrow()[i % examples.count()];
    }
    return new Examples(
        LongStream.range(0, labels.length).toArray(),
        examples.shape(),
        copies(examples.pixels(), count),
        Optional.of(labels));
  }

  private static float[] copies(float[] values, int count) {
    float[] all = new float[count * values.length];
    for (int k = 0; k < count; k++) {
      System.arraycopy(values, 0, all, k * values.length, values.length);
    }
    return all;
  }

  /** Scripted modules have their counters among their tensors. */
  private static TrainingState ofOrigin(TrainingProgram program) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    program
        .tensors()
        .forEach(it -> weights.put(it.name(), before.weights().get(it.name()).orElseThrow()));
    return new TrainingState(new StateDict(weights), before.momenta(), before.batches());
  }

  private static void check(String name, JsonNode about, TrainingState after) throws IOException {
    double far = ORDERS * about.get("float32_from_float64").asDouble();
    StateDict weights = dict("after-" + name);
    StateDict momenta = dict("momenta-" + name);
    for (ExpectedTensor parameter : PROGRAM.parameters()) {
      String tensor = parameter.name();
      float[] from = floats(before.weights(), tensor);
      same(tensor, far, from, floats(weights, tensor), floats(after.weights(), tensor));
      same(
          "momentum of " + tensor,
          far,
          floats(before.momenta(), tensor),
          floats(momenta, tensor),
          floats(after.momenta(), tensor));
    }
    int statistics = 0;
    for (String tensor : after.weights().names()) {
      if (tensor.contains("running_")) {
        statistics++;
        float[] values = floats(weights, tensor);
        float[] ours = floats(after.weights(), tensor);
        if (name.equals(TRADES)) {
          same(tensor, far, floats(before.weights(), tensor), values, ours);
        } else {
          close(tensor, values, ours);
        }
      }
    }
    assertThat(statistics).isEqualTo(14);
    assertThat(after.batches())
        .isEqualTo(weights.get("bn1.num_batches_tracked").orElseThrow().bytes().getLong(0));
  }

  private static void close(String tensor, float[] expected, float[] ours) {
    for (int i = 0; i < ours.length; i++) {
      double scale = Math.max(1, Math.abs(expected[i]));
      assertThat(ours[i]).as(tensor).isCloseTo(expected[i], within((float) (STATISTICS * scale)));
    }
  }

  /** Of the largest movement of the tensor; and it does move. */
  private static void same(String what, double far, float[] from, float[] expected, float[] ours) {
    double movement = 0;
    double difference = 0;
    for (int i = 0; i < from.length; i++) {
      movement = Math.max(movement, Math.abs(expected[i] - (double) from[i]));
      difference = Math.max(difference, Math.abs(expected[i] - (double) ours[i]));
    }
    assertThat(movement).as(what).isPositive();
    assertThat(difference).as(what).isLessThanOrEqualTo(far * movement);
  }

  private static TrainingSpec recipe(String name, JsonNode about, AttackMode mode) {
    TrainingMethod method =
        switch (name) {
          case "trades" -> TrainingMethod.TRADES;
          case "fast-at" -> TrainingMethod.FAST_AT;
          default -> about.has("attack") ? TrainingMethod.PGD_AT : TrainingMethod.STANDARD;
        };
    Optional<TrainingAttack> attack =
        about.has("attack")
            ? Optional.of(
                new TrainingAttack(
                    name.endsWith("l2") ? TrainingAttack.L2 : TrainingAttack.LINF,
                    about.get("epsilon").asDouble(),
                    about.get("step_size").asDouble(),
                    about.get("steps").asInt(),
                    true))
            : Optional.empty();
    return Recipes.of(
        method,
        new OptimizerSpec(0.05, 0.9, 5e-4, about.has("nesterov")),
        about.path("smoothing").asDouble(0),
        attack,
        mode,
        about.path("beta").asDouble(0));
  }

  private static Optional<float[]> start(JsonNode about) {
    if (!about.has("attack")) {
      return Optional.empty();
    }
    return Optional.of(
        about.has("start")
            ? npy(about.get("start").asText()).floats()
            : new float[examples().pixels().length]);
  }

  private static Examples examples() {
    float[] pixels = npy("images.npy").floats();
    long[] labels = npy("labels.npy").longs();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] /= 255f;
    }
    return new Examples(
        LongStream.range(0, labels.length).toArray(),
        IMAGE,
        pixels,
        Optional.of(LongStream.of(labels).mapToInt(label -> (int) label).toArray()));
  }

  private static NpyArray npy(String name) {
    return NpyArray.read(FOLDER.resolve(name).toString(), FileAccess.local());
  }

  private static StateDict dict(String name) {
    return CheckpointReader.read(FOLDER.resolve(name + ".pth"), name);
  }

  private static float[] floats(StateDict dict, String name) {
    return dict.get(name).orElseThrow().toFloats();
  }
}
