package io.similitude.network;

import static io.similitude.network.TestGraphs.PAIRS;
import static io.similitude.network.TestGraphs.SPECIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.program.Layer;
import io.similitude.program.Program;
import io.similitude.program.Reduction;
import io.similitude.program.Taps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks in pairs of TorchScript and torch.export, and special cases of exports. */
final class GraphProgramsTest {
  /** Float32 through ten layers, in another version of PyTorch. */
  private static final float SAME = 1e-4f;

  private static final float SAME_LOGITS = 1e-5f;
  private static final ImageShape TINY = new ImageShape(3, 4, 4);

  @TempDir Path folder;

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vit", "convnext", "swin", "shufflenet"})
  void everyLayerGivesWhatHooksSaw(String pair) throws IOException {
    Path file = PAIRS.resolve(pair).resolve("free.pt2");
    Examples examples = TestGraphs.examples(pair);
    Program program = TestGraphs.used(file, examples);
    Map<String, float[]> seen = seen(file);
    // Their modules return what they are given, and leave no operation.
    seen.keySet().removeIf(layer -> layer.contains("stochastic_depth"));
    Taps taps = new Taps(program.layers(), List.of(Reduction.WHOLE));

    List<float[]> outputs =
        TestExports.run(program, TestGraphs.archive(file).weights(), taps, examples, folder);

    assertThat(program.layers()).extracting(Layer::name).containsExactlyElementsOf(seen.keySet());
    assertThat(outputs.get(0))
        .containsExactly(
            TestExports.floats(file.resolveSibling("logits.npy")), within(SAME_LOGITS));
    for (int i = 0; i < program.layers().size(); i++) {
      String layer = program.layers().get(i).name();
      assertThat(outputs.get(i + 1)).as(layer).containsExactly(seen.get(layer), within(SAME));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vit/four.pt2",
    "vit/one.pt2",
    "convnext/four.pt2",
    "convnext/one.pt2",
    "shufflenet/four.pt2",
    "shufflenet/one.pt2",
    "swin/one.pt2"
  })
  void aBatchThatIsWrittenInIsFreed(String name) throws IOException {
    Path file = PAIRS.resolve(name);
    Examples examples = TestGraphs.examples(name.substring(0, name.indexOf('/')));

    Program program = TestGraphs.used(file, examples);

    assertThat(TestGraphs.written(file, examples.shape()).fixedBatch()).isPresent();
    assertThat(program.fixedBatch()).isEmpty();
    assertThat(program.remarks()).anyMatch(remark -> remark.contains("has been freed"));
    List<float[]> outputs =
        TestExports.run(program, TestGraphs.archive(file).weights(), Taps.NONE, examples, folder);
    assertThat(outputs.get(0))
        .containsExactly(
            TestExports.floats(file.resolveSibling("logits.npy")), within(SAME_LOGITS));
  }

  /** Four is also a side of its windows: which is which cannot be told. */
  @Test
  void aBatchThatCannotBeFreedIsKept() {
    Program program = TestGraphs.used(PAIRS.resolve("swin/four.pt2"), TestGraphs.examples("swin"));

    assertThat(program.fixedBatch()).isEqualTo(OptionalInt.of(4));
    assertThat(program.examplesInGradient()).isEqualTo(4);
  }

  @Test
  void aFixedBatchIsFilledUpAndTheFillingThrownAway() throws IOException {
    Examples examples = random(TestGraphs.examples("swin").shape(), 3);
    Path fixed = PAIRS.resolve("swin/four.pt2");
    Path free = PAIRS.resolve("swin/free.pt2");
    float[][] logits;
    InputGradient gradient;
    try (Network network = TestGraphs.load(free, examples, folder)) {
      logits = network.logits(examples);
      gradient = network.inputGradient(examples, GraphProgramsTest::firstLogit);
    }

    try (Network network = TestGraphs.load(fixed, examples, folder)) {
      assertThat(flat(network.logits(examples))).containsExactly(flat(logits), within(SAME_LOGITS));
      InputGradient filled = network.inputGradient(examples, GraphProgramsTest::firstLogit);
      assertThat(filled.logits()).hasDimensions(3, 5);
      assertThat(filled.pixels()).containsExactly(gradient.pixels(), within(SAME_LOGITS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vit", "convnext", "swin", "shufflenet"})
  void inputGradientsAreThoseOfTorchScript(String pair) throws IOException {
    Examples examples = TestGraphs.examples(pair);
    InputGradient script;
    try (Network network =
        TestGraphs.load(PAIRS.resolve(pair).resolve("traced.pt"), examples, folder)) {
      script = network.inputGradient(examples, GraphProgramsTest::firstLogit);
    }

    try (Network network =
        TestGraphs.load(PAIRS.resolve(pair).resolve("free.pt2"), examples, folder)) {
      InputGradient graph = network.inputGradient(examples, GraphProgramsTest::firstLogit);

      assertThat(flat(graph.logits())).containsExactly(flat(script.logits()), within(SAME_LOGITS));
      assertThat(graph.pixels()).containsExactly(script.pixels(), within(SAME_LOGITS));
      assertThat(graph.pixels()).contains(graph.pixels()[0]).isNotEqualTo(new float[0]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "shared, ''",
    "outputs, logits",
    "outputs, 1",
    "indexed, ''",
    "groups, ''",
    "double, ''"
  })
  void specialCasesGiveWhatPyTorchGave(String name, String output) throws IOException {
    Path file = SPECIAL.resolve(name + ".pt2");
    ExportArchive archive = TestGraphs.archive(file);
    float[] pixels = input(archive);
    Examples examples = new Examples(new long[] {0, 1, 2}, TINY, pixels, Optional.empty());
    Program program = TestGraphs.network(file, output).program(TINY);

    List<float[]> outputs =
        TestExports.run(program, archive.weights(), Taps.NONE, examples, folder);

    assertThat(outputs.get(0))
        .containsExactly(TestExports.floats(SPECIAL.resolve(name + ".npy")), within(SAME_LOGITS));
  }

  @Test
  void aBatchNormWithoutStatisticsIsSaid() {
    assertThat(TestGraphs.written(SPECIAL.resolve("groups.pt2"), TINY).batchDependence())
        .contains("without running statistics: norm");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two_inputs | it takes 2 inputs (must be one, a batch of images: export a module whose forward takes one tensor)",
        "integers | its input x does not hold real numbers, so no attack could change it (export a module that takes images as floats in [0, 1])",
        "dropout | torch.ops.aten.dropout.default is in training mode, in generate.py, line",
        "norm | it is in training mode: it writes over its own weights, in generate.py, line",
        "noise | it draws random numbers by torch.ops.aten.rand_like.default, in generate.py, line",
        "branch | it has branches, loops or blocks that are graphs of their own (torch.ops.higher_order.cond)",
        "ungraded | it has branches, loops or blocks that are graphs of their own (torch.ops.higher_order.wrap_with_set_grad_enabled)",
        "custom | it calls torch.ops.someones.doubled.default, which is no operator of PyTorch itself, in generate.py, line",
        "image | its output is a value of shape [3, 4, 4, 4] (must be [examples, classes]; output: chooses another)"
      })
  void whatCannotBeRunSaysSo(String name, String message) {
    Path file = SPECIAL.resolve(name + ".pt2");

    assertThatThrownBy(() -> TestGraphs.written(file, TINY))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot use network " + name + ".pt2: " + message)
        .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
  }

  @Test
  void outputsThatAreNotThereAreNamed() {
    Path file = SPECIAL.resolve("outputs.pt2");

    assertThatThrownBy(() -> TestGraphs.network(file, "aux").program(TINY))
        .hasMessage(
            "Cannot use network outputs.pt2: it has no output aux that is a tensor (it has [features, logits])");
  }

  @Test
  void imagesOfAnotherSizeAreNamed() {
    assertThatThrownBy(
            () -> TestGraphs.written(PAIRS.resolve("vit/free.pt2"), new ImageShape(3, 32, 32)))
        .hasMessage(
            "Cannot use network free.pt2: it was exported with inputs of shape [4, 3, 16, 16], the images are 3 x 32 x 32 (export it with such images, or add a transform)");
  }

  private static float[] input(ExportArchive archive) {
    // All cases were exported with the same images; one has them as doubles.
    return archive.sample().isPresent()
        ? archive.sample().get().toFloats()
        : TestGraphs.archive(SPECIAL.resolve("shared.pt2")).sample().orElseThrow().toFloats();
  }

  private static float[][] firstLogit(float[][] logits) {
    float[][] gradient = new float[logits.length][logits[0].length];
    for (float[] row : gradient) {
      row[0] = 1;
    }
    return gradient;
  }

  private static Examples random(ImageShape shape, int count) {
    Random random = new Random(5);
    float[] pixels = new float[count * shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    long[] ids = new long[count];
    Arrays.setAll(ids, i -> i);
    return new Examples(ids, shape, pixels, Optional.empty());
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
    }
    return flat;
  }

  private static Map<String, float[]> seen(Path file) throws IOException {
    float[] values = TestExports.floats(file.resolveSibling("values.npy"));
    Map<String, float[]> seen = new LinkedHashMap<>();
    int at = 0;
    for (String line : TestExports.lines(file.resolveSibling("layers.txt"))) {
      int tab = line.indexOf('\t');
      int length = Integer.parseInt(line.substring(tab + 1));
      seen.put(line.substring(0, tab), Arrays.copyOfRange(values, at, at + length));
      at += length;
    }
    return seen;
  }
}
