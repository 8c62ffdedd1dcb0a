package io.similitude.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.network.EditedExport;
import io.similitude.network.NativeCalls;
import io.similitude.network.TestExports;
import io.similitude.network.TestGraphs;
import io.similitude.network.TorchEngine;
import io.similitude.network.TrainableNetwork;
import io.similitude.network.TrainingProbe;
import io.similitude.program.InputNormalization;
import io.similitude.program.Program;
import io.similitude.program.TrainingProgram;
import io.similitude.program.exported.GraphNetwork;
import io.similitude.spec.TrainingMethod;
import io.similitude.spec.TrainingSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of torch.export and TorchScript in training. SingleStepTest has their numbers. */
final class ExportsTrainTest {
  private static final int EXAMPLES = 5;
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final Path VIT = TestGraphs.PAIRS.resolve("vit/free.pt2");
  private static final Path TWIST = TestGraphs.FOLDER.resolve("twist/2.6/dynamic.pt2");

  @TempDir Path folder;

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  /** Of batch norm, of layer norm, in place, in both layouts, with a batch that was freed. */
  @ParameterizedTest
  @CsvSource({
    "torch-export/twist/2.6/dynamic.pt2, 16",
    "torch-export/twist/2.14/dynamic.pt2, 16",
    "torch-export/densenet_tiny/2.14/dynamic.pt2, 32",
    "torch-export/densenet_tiny/2.14/static.pt2, 32",
    "torch-export/vit_tiny/2.14/dynamic.pt2, 16",
    "torch-export/pair/2.6/dynamic.pt2, 16",
    "torch-export/pairs/shufflenet/free.pt2, 32",
    "torch-export/pairs/shufflenet/one.pt2, 32",
    "torch-export/pairs/convnext/free.pt2, 32",
    "torch-export/pairs/swin/free.pt2, 32",
    "torch-export/special/indexed.pt2, 4",
    "torch-export/special/shared.pt2, 4",
    "torch-export/pairs/vit/traced.pt, 16",
    "torch-export/pairs/shufflenet/traced.pt, 32",
    "torch-export/pairs/convnext/traced.pt, 32",
    "torch-export/pairs/swin/traced.pt, 32",
    "modes/sequences.pt, 8",
    "modes/mixed.pt, 8",
    "training/small-parallel.pt, 8"
  })
  void learns(String name, int side) throws IOException {
    Path file = RESOURCES.resolve(name);
    Exported exported = Exported.of(file, side);

    for (TrainingMethod method : TrainingMethod.values()) {
      try (Trainer trainer = exported.trainer(method)) {
        TrainableNetwork.Step first = exported.step(trainer, method, 0);
        exported.step(trainer, method, 0);
        TrainingState after = trainer.state();
        TrainableNetwork.Step third = exported.step(trainer, method, 0);

        assertThat(first.loss()).as(method.keyword()).isFinite().isPositive();
        assertThat(third.loss()).as(method.keyword()).isLessThan(first.loss());
        assertThat(after.weights().firstNonFinite()).isEmpty();
        for (ExpectedTensor tensor : exported.training().tensors()) {
          assertThat(floats(after.weights(), tensor.name()))
              .as(method.keyword() + " " + tensor.name())
              .isNotEqualTo(floats(exported.begin().weights(), tensor.name()));
        }
        assertThat(after.stateDict(exported.training()).names())
            .containsExactlyInAnyOrderElementsOf(exported.names());
      }
    }
  }

  /**
   * The losses that convolutions give which hold channels in no blocks (oneDNN with
   * ONEDNN_MAX_CPU_ISA=SSE41). The nine channels of this network fill no block of 16.
   */
  @Test
  void channelsThatFillNoBlockOfOneDnnLearnTheSame() throws IOException {
    Exported exported = Exported.of(TWIST, 16);
    try (Trainer trainer = exported.trainer(TrainingMethod.STANDARD)) {
      for (float loss : new float[] {1.8723987f, 1.0123785f, 0.74999535f}) {
        assertThat(exported.step(trainer, TrainingMethod.STANDARD, 0).loss())
            .isEqualTo(loss, within(1e-5f));
      }
    }
  }

  /** Also where running statistics are means of all batches, so that a counter matters. */
  @ParameterizedTest
  @CsvSource({"torch-export/twist/2.6/dynamic.pt2, 16", "training/small-parallel.pt, 8"})
  void theSameStepsGiveTheSameBitsFromTheStateToo(String name, int side) throws IOException {
    Exported exported = Exported.of(RESOURCES.resolve(name), side);
    TrainingState middle;
    TrainingState end;
    try (Trainer trainer = exported.trainer(TrainingMethod.PGD_AT)) {
      exported.step(trainer, TrainingMethod.PGD_AT, 1);
      middle = trainer.state();
      exported.step(trainer, TrainingMethod.PGD_AT, 2);
      end = trainer.state();
    }

    try (Trainer trainer =
        Trainer.load(
            exported.training(), Recipes.of(TrainingMethod.PGD_AT), middle, Optional.empty())) {
      exported.step(trainer, TrainingMethod.PGD_AT, 2);

      assertSame(trainer.state().weights(), end.weights());
      assertSame(trainer.state().momenta(), end.momenta());
    }
  }

  /** With the channels last in memory, as in attacks on CPUs, a view would fail. */
  @Test
  void aViewOfImagesIsNoObstacle() throws IOException {
    Path file =
        EditedExport.of(
            TWIST,
            text ->
                text.replace("aten.flatten.using_ints", "aten.view.default")
                    .replace(
                        "{\"name\": \"start_dim\", \"arg\": {\"as_int\": 1}}",
                        "{\"name\": \"size\", \"arg\": {\"as_ints\": [-1, 384]}}"),
            folder.resolve("view.pt2"));
    TrainableNetwork.Step flattened = firstStep(Exported.of(TWIST, 16));

    assertThat(firstStep(Exported.of(file, 16))).isEqualTo(flattened);
  }

  private static TrainableNetwork.Step firstStep(Exported exported) throws IOException {
    try (Trainer trainer = exported.trainer(TrainingMethod.PGD_AT)) {
      return exported.step(trainer, TrainingMethod.PGD_AT, 0);
    }
  }

  @Test
  void aSharedWeightIsOneUnderBothNames() throws IOException {
    Exported exported = Exported.of(TestGraphs.FOLDER.resolve("special/shared.pt2"), 4);
    try (Trainer trainer = exported.trainer(TrainingMethod.STANDARD)) {
      exported.step(trainer, TrainingMethod.STANDARD, 0);
      StateDict after = trainer.state().stateDict(exported.training());

      assertThat(floats(after, "first.weight")).isEqualTo(floats(after, "second.weight"));
      assertThat(floats(after, "first.bias"))
          .isNotEqualTo(
              floats(exported.training().stateDict(exported.begin().weights(), 0), "first.bias"));
    }
  }

  @Test
  void dropoutIsAFunctionOfTheStepsNoise() throws IOException {
    Path file =
        EditedExport.of(
            VIT,
            text ->
                text.replace(
                    "{\"name\": \"p\", \"arg\": {\"as_float\": 0.0}}",
                    "{\"name\": \"p\", \"arg\": {\"as_float\": 0.5}}"),
            folder.resolve("dropout.pt2"));
    Exported exported = Exported.of(file, 16);
    Set<Float> losses = new HashSet<>();

    for (int noise : new int[] {3, 3, 4, 5}) {
      try (Trainer trainer = exported.trainer(TrainingMethod.STANDARD)) {
        losses.add(exported.step(trainer, TrainingMethod.STANDARD, noise).loss());
      }
    }

    assertThat(losses).hasSize(3);
  }

  /** A ReLU needs its value in the backward pass, so nothing may overwrite it. */
  @Test
  void aStepThatPyTorchCannotTakeIsRefusedBeforeTheTraining() throws IOException {
    Path file =
        EditedExport.of(
            TWIST,
            text -> text.replace("torch.ops.aten.add.Tensor", "torch.ops.aten.add_.Tensor"),
            folder.resolve("edited.pt2"));
    assertProbeRefuses(
        Exported.of(file, 16),
        "one of the variables needed for gradient computation has been modified by an inplace operation");
  }

  /** Of each case the file, the side of its images, what is replaced in its graph, and why. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "special/groups.pt2 | 4 | | | its outputs for an image depend on the other images, without running statistics: norm (give its batch norms running statistics)",
        "twist/2.6/dynamic.pt2 | 16 | aten.batch_norm. | aten.native_batch_norm. | its batch norm is decomposed to torch.ops.aten.native_batch_norm.default, in golden_exports.py, line",
        "twist/2.6/dynamic.pt2 | 16 | aten.batch_norm. | aten.instance_norm. | it calls torch.ops.aten.instance_norm.default with running statistics, in golden_exports.py, line",
        "special/outputs.pt2 | 4 | parameter | buffer | its graph has no parameters (export the network with its weights)",
        "special/double.pt2 | 4 | | | its weight 0.weight has elements of type FLOAT64 (export it in float32: model.float())",
        "pairs/swin/four.pt2 | 32 | | | it was exported for batches of exactly 4, and a step has as many images as its recipe says (export it with a free batch)",
        "twist/2.6/dynamic.pt2 | 16 | \"momentum\", \"arg\": {\"as_float\": 0.1} | \"momentum\", \"arg\": {\"as_float\": 0.0} | a batch norm has momentum=None or 0, so its running statistics would not move, in golden_exports.py, line",
        "pairs/vit/free.pt2 | 16 | 0.0}}, {\"name\": \"train\" | 0.5}}, {\"name\": \"train\" | it calls torch.ops.aten.alpha_dropout.default, whose form in training draws random numbers that could not be repeated, in ",
      })
  void whatCannotBeTrainedIsRefused(String name, int side, String from, String to, String message)
      throws IOException {
    Path file = TestGraphs.FOLDER.resolve(name);
    Path edited =
        from == null
            ? file
            : EditedExport.of(
                file,
                text -> text.replace(from, to).replace("aten.dropout.", "aten.alpha_dropout."),
                folder.resolve("edited.pt2"));
    ExportArchive archive = ExportArchive.read(edited, "x.pt2");
    GraphNetwork network = new GraphNetwork("x.pt2", archive, InputNormalization.NONE, "");
    Program program = network.program(new ImageShape(3, side, side));

    assertThatThrownBy(program::training)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot train network x.pt2: ")
        .hasMessageContaining(message)
        .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exports/everything/scripted.pt | 2 | its weight again.linear.weight is another weight too, and steps would change the two apart (export it with torch.export)",
        "modes/traced-untracked.pt | 8 | its outputs for an image depend on the other images, without running statistics: bn (BatchNorm2d) (give its batch norms running statistics)",
        "modes/traced.pt | 8 | drop (Dropout) calls dropout, which draws random numbers in training that could not be repeated (export it with torch.export, where dropout can be repeated, or with a share of 0)",
        "training/small-traced-dropout.pt | 8 | drop (Dropout) calls dropout, which",
        "training/small-scripted-dropout.pt | 8 | drop (Dropout) calls dropout, which",
        "training/small-scripted-slopes.pt | 8 | the network calls rrelu, which draws random numbers",
        "training/small-traced-cumulative.pt | 8 | steps.1 (BatchNorm2d) has momentum=None or 0, so its running statistics would not move (give it a momentum, such as 0.1)",
        "training/small-frozen.pt | 8 | it has no parameters (is it frozen? export it without torch.jit.freeze)",
      })
  void whatCannotBeTrainedOfTorchScriptIsRefused(String name, int side, String message) {
    assertThatThrownBy(() -> Exported.of(RESOURCES.resolve(name), side))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot train network " + Path.of(name).getFileName() + ": ")
        .hasMessageContaining(message)
        .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
  }

  /** Its share is a variable in the code of the attention, so only a run can tell. */
  @Test
  void stepsThatAreOthersEachTimeAreRefused() throws IOException {
    assertProbeRefuses(
        Exported.of(RESOURCES.resolve("training/small-scripted-attention.pt"), 8),
        "its steps are not the same each time: it draws random numbers in training");
  }

  private static void assertProbeRefuses(Exported exported, String message) {
    assertThatThrownBy(
            () ->
                TrainingProbe.requireSteps(
                    "x.pt2",
                    exported.training(),
                    exported.begin().weights(),
                    exported.batch(),
                    NativeCalls.HERE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot train network x.pt2: " + message)
        .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
  }

  private static void assertSame(StateDict ours, StateDict theirs) {
    assertThat(ours.names()).isEqualTo(theirs.names());
    for (String name : ours.names()) {
      assertThat(floats(ours, name)).as(name).isEqualTo(floats(theirs, name));
    }
  }

  private static float[] floats(StateDict dict, String name) {
    return dict.get(name).orElseThrow().toFloats();
  }

  /** A network of a file at the beginning of a training, and a batch for it. */
  private record Exported(
      TrainingProgram training, TrainingState begin, Set<String> names, Examples batch) {
    static Exported of(Path file, int side) {
      Examples batch = batch(new ImageShape(side == 2 ? 1 : 3, side, side));
      boolean isGraph = file.toString().endsWith(".pt2");
      Program program = isGraph ? TestGraphs.used(file, batch) : TestExports.program(file, batch);
      TrainingProgram training = program.training();
      StateDict own =
          WeightMatch.require("it", "it", program.ownWeights().orElseThrow(), program.weights());
      return new Exported(
          training,
          TrainingState.of(training, own),
          program.ownWeights().orElseThrow().names(),
          batch);
    }

    Trainer trainer(TrainingMethod method) throws IOException {
      return Trainer.load(training, Recipes.of(method), begin, Optional.empty());
    }

    TrainableNetwork.Step step(Trainer trainer, TrainingMethod method, int noise) {
      TrainingSpec recipe = Recipes.of(method);
      return trainer.step(batch, new AttackStart(recipe).draw(batch, 0, 0), 0.02, noise);
    }

    private static Examples batch(ImageShape image) {
      Random random = new Random(5);
      float[] pixels = new float[EXAMPLES * image.size()];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextFloat();
      }
      return new Examples(
          LongStream.range(0, EXAMPLES).toArray(),
          image,
          pixels,
          Optional.of(new int[] {0, 1, 2, 0, 1}));
    }
  }
}
