package io.similitude.network;

import static io.similitude.network.TestExports.REFERENCE;
import static io.similitude.network.TestExports.SPECIAL;
import static io.similitude.network.TestExports.examples;
import static io.similitude.network.TestExports.floats;
import static io.similitude.network.TestExports.lines;
import static io.similitude.network.TestExports.network;
import static io.similitude.network.TestExports.program;
import static io.similitude.network.TestExports.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.program.FeatureAxis;
import io.similitude.program.Layer;
import io.similitude.program.Program;
import io.similitude.program.Reduction;
import io.similitude.program.Taps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportedProgramsTest {
  /** Float32 through ten layers, in another version of PyTorch. */
  private static final float SAME = 1e-4f;

  private static final ImageShape TINY = new ImageShape(1, 2, 2);
  private static final Path TWIST = REFERENCE.resolve("twist");
  private static final ImageShape TWIST_IMAGE = new ImageShape(3, 16, 16);

  @TempDir Path folder;

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  @ParameterizedTest
  @CsvSource({
    "twist/traced.pt, 16",
    "twist/scripted.pt, 16",
    "vit_tiny/traced.pt, 16",
    "vit_tiny/scripted.pt, 16",
    "wide_resnet_10_1/traced.pt, 32"
  })
  void everyLayerGivesWhatPyTorchGave(String name, int side) throws Exception {
    Path file = REFERENCE.resolve(name);
    Path network = file.getParent();
    Examples examples = examples(network.resolve("input.npy"), new ImageShape(3, side, side));
    Map<String, String> files = new LinkedHashMap<>();
    lines(network.resolve("layers.txt"))
        .forEach(line -> files.put(line.split(" ", 2)[1], line.split(" ", 2)[0]));
    Program program = program(file, examples);
    List<Layer> listed =
        program.layers().stream().filter(layer -> files.containsKey(layer.name())).toList();

    List<float[]> outputs =
        run(
            program,
            network(file).weights(),
            new Taps(listed, List.of(Reduction.WHOLE)),
            examples,
            folder);

    assertThat(listed).extracting(Layer::name).containsExactlyElementsOf(files.keySet());
    assertThat(outputs.get(0)).containsExactly(floats(network.resolve("logits.npy")), within(SAME));
    for (int i = 0; i < listed.size(); i++) {
      String layer = listed.get(i).name();
      assertThat(outputs.get(i + 1))
          .as(layer)
          .containsExactly(
              floats(network.resolve("activations").resolve(files.get(layer))), within(SAME));
    }
    assertThat(outputs.get(0)).containsExactly(run(copyOf(file), examples).get(0));
  }

  /** The reference lists every module of these two that returns a Tensor. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "twist/traced.pt",
        "twist/scripted.pt",
        "vit_tiny/traced.pt",
        "vit_tiny/scripted.pt"
      })
  void nothingElseIsALayer(String name) throws Exception {
    Path file = REFERENCE.resolve(name);
    Examples examples = examples(file.resolveSibling("input.npy"), TWIST_IMAGE);

    assertThat(program(file, examples).layers())
        .hasSameSizeAs(lines(file.resolveSibling("layers.txt")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "everything/scripted.pt",
        "everything/training.pt",
        "chosen/scripted.pt",
        "handed/scripted.pt",
        "outputs/scripted.pt"
      })
  void scriptedNetworksGiveWhatHooksSee(String name) throws Exception {
    Path file = SPECIAL.resolve(name);

    assertThat(tapped(file)).containsExactlyElementsOf(seen(file).keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything/traced.pt", "everything/parallel.pt"})
  void tracedNetworksGiveWhatTheTraceHasKept(String name) throws Exception {
    Path file = SPECIAL.resolve(name);
    List<String> kept = new ArrayList<>(seen(file).keySet());
    // Values that nobody used, and modules that return their input.
    kept.removeAll(
        List.of("several.sigmoid#2", "several.sigmoid#3", "nothing.norm", "identity", "maybe"));
    // Of a dictionary the one value that was not there before.
    kept.add(kept.indexOf("dictionary.tanh") + 1, "dictionary");

    assertThat(tapped(file).stream().sorted()).isEqualTo(kept.stream().sorted().toList());
  }

  @Test
  void saysOfPyTorchsExplanationWhatHappened() {
    String ran =
        "The following operation failed in the TorchScript interpreter.\nTraceback (most recent"
            + " call last):\n  File \"x.py\", line 3, in forward\n"
            + "RuntimeError: expected Long, got Float\n";

    assertThat(ExportedPrograms.reason(new IOException(ran))).isEqualTo("expected Long, got Float");
    assertThat(ExportedPrograms.reason(new IOException("\nUnknown builtin op: x.\n  at y")))
        .isEqualTo("Unknown builtin op: x.");
    assertThat(ExportedPrograms.reason(new IOException(""))).isEqualTo("PyTorch does not say why");
  }

  @Test
  void aFrozenNetworkGivesItsOperations() throws Exception {
    Path file = SPECIAL.resolve("everything/frozen.pt");
    Examples examples = tiny();
    Program program = program(file, examples);

    assertThat(network(file).isInlined()).isTrue();
    assertThat(program.weights()).isEmpty();
    assertThat(program.layers())
        .extracting(Layer::name)
        .startsWith("linear", "linear#1", "linear#2", "relu", "batch_norm", "batch_norm#1");
    List<float[]> outputs = runWhole(file, program, examples);
    assertThat(outputs.get(0)).containsExactly(run(copyOf(file), examples).get(0));
    float[] seen = seen(file).get("named.linear");
    assertThat(outputs.get(3)).containsExactly(seen, within(SAME));
  }

  @Test
  void weightsOfACheckpointReplaceTheTemplates() throws Exception {
    Path template = TWIST.resolve("scripted.pt");
    Examples examples = examples(TWIST.resolve("input.npy"), TWIST_IMAGE).slice(0, 2);
    Program program = program(template, examples);
    StateDict own = network(template).weights();
    Map<String, Tensor> changed = new LinkedHashMap<>();
    own.names().forEach(name -> changed.put(name, own.get(name).orElseThrow()));
    changed.put("head.weight", Tensor.of(new float[5 * 384], 5, 384));
    changed.put("head.bias", Tensor.of(new float[] {1, 2, 3, 4, 5}, 5));

    List<float[]> outputs = run(program, new StateDict(changed), Taps.NONE, examples, folder);

    assertThat(outputs.get(0)).containsExactly(1, 2, 3, 4, 5, 1, 2, 3, 4, 5);
  }

  @Test
  void weightsOfAnotherNetworkAreNamed() {
    Examples examples = examples(TWIST.resolve("input.npy"), TWIST_IMAGE);
    Program program = program(TWIST.resolve("traced.pt"), examples);
    StateDict other = new StateDict(Map.of("head.weight", Tensor.of(new float[] {1, 2}, 1, 2)));

    assertThatThrownBy(() -> WeightMatch.require("c", "c.pth", other, program.weights()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("parameter head.weight is [1, 2] there, the network wants [5, 384]")
        .hasMessageContaining("missing there: stem.0.weight [6, 3, 3, 3]");
  }

  @Test
  void reductionsAreThoseOfBuiltInNetworks() throws Exception {
    Path file = TWIST.resolve("traced.pt");
    Examples examples = examples(TWIST.resolve("input.npy"), TWIST_IMAGE).slice(0, 2);
    Program program = program(file, examples);
    Layer conv = program.layers().get(0);
    Taps taps = new Taps(List.of(conv), List.of(Reduction.GRAM, Reduction.POOLED, Reduction.WHOLE));

    List<float[]> outputs = run(program, network(file).weights(), taps, examples, folder);

    assertThat(outputs).hasSize(taps.outputs());
    float[] whole = outputs.get(taps.output(0, Reduction.WHOLE));
    int features = whole.length / 2;
    double squares = 0;
    for (int i = 0; i < features; i++) {
      squares += Math.pow((whole[i] - whole[features + i]) / 2, 2);
    }
    float[] gram = outputs.get(taps.output(0, Reduction.GRAM));
    assertThat((double) gram[0]).isCloseTo(squares, within(1e-4 * squares));
    assertThat((double) gram[1]).isCloseTo(-squares, within(1e-4 * squares));
    double mean = 0;
    for (int i = 0; i < 256; i++) {
      mean += whole[i] / 256.0;
    }
    assertThat((double) outputs.get(taps.output(0, Reduction.POOLED))[0])
        .isCloseTo(mean, within(1e-5));
  }

  @Test
  void typesShapesAndCostsAreKnown() {
    Examples examples = examples(TWIST.resolve("input.npy"), TWIST_IMAGE);
    Program program = program(TWIST.resolve("traced.pt"), examples);

    assertThat(program.layers().get(0))
        .isEqualTo(new Layer(0, "stem.0", "Conv2d", List.of(6, 16, 16), FeatureAxis.FIRST));
    assertThat(program.layers().get(7))
        .isEqualTo(new Layer(7, "act#1", "ReLU", List.of(6, 16, 16), FeatureAxis.FIRST));
    assertThat(program.classes()).isEqualTo(5);
    // 3x3, 1x1 and 3x3 convolutions at 16 x 16 places, and 384 x 5.
    long products = 256L * (3 * 6 * 9 + 6 * 6 + 6 * 6 * 9) + 384 * 5;
    assertThat(program.flops()).isEqualTo(2 * products);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "forked | Cannot run network forked.pt: code/__torch__.py:11 has a function inside of another;"
            + " code/__torch__.py:13 calls fork, which runs parts of the network at once; code/__torch__.py:14 calls torch.wait (only what is on the list of"
            + " pure tensor operators is run; export it without)",
        "hooked | Cannot tap network hooked.pt: class Linear has forward hooks (export it without"
            + " them)",
        "two_inputs | Cannot use network two_inputs.pt: its forward takes [Tensor, Tensor] (must be"
            + " one Tensor, a batch of images)",
        "unpooled | Cannot use network unpooled.pt: its outputs for 3 images have the shape [3, 2, 2, 2]"
            + " (must be [3, classes])"
      })
  void whatCannotBeTappedSaysSo(String name, String message) {
    assertThatThrownBy(() -> program(SPECIAL.resolve("refused/" + name + ".pt"), tiny()))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @Test
  void imagesThatDoNotFitAreOneLine() {
    Examples wrong = examples(SPECIAL.resolve("input.npy"), TINY);

    assertThatThrownBy(() -> program(TWIST.resolve("traced.pt"), wrong))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot load network traced.pt: ")
        .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
  }

  /** Checks the values of all layers that hooks saw; returns the layers' names. */
  private List<String> tapped(Path file) throws IOException {
    Map<String, float[]> seen = seen(file);
    Program program = program(file, tiny());
    List<float[]> outputs = runWhole(file, program, tiny());

    assertThat(outputs.get(0)).containsExactly(seenLogits(file), within(SAME));
    for (int i = 0; i < program.layers().size(); i++) {
      String name = program.layers().get(i).name();
      if (seen.containsKey(name)) {
        assertThat(outputs.get(i + 1)).as(name).containsExactly(seen.get(name), within(SAME));
      }
    }
    return program.layers().stream().map(Layer::name).toList();
  }

  private List<float[]> runWhole(Path file, Program program, Examples examples) throws IOException {
    Taps taps = new Taps(program.layers(), List.of(Reduction.WHOLE));
    return run(program, network(file).weights(), taps, examples, folder);
  }

  private static Map<String, float[]> seen(Path file) throws IOException {
    float[] values = floats(file.resolveSibling("values.npy"));
    Map<String, float[]> seen = new LinkedHashMap<>();
    int at = logits(file);
    for (String line : lines(file.resolveSibling("layers.txt"))) {
      int length = length(line);
      seen.put(line.substring(0, line.indexOf('\t')), Arrays.copyOfRange(values, at, at + length));
      at += length;
    }
    return seen;
  }

  private static float[] seenLogits(Path file) throws IOException {
    return Arrays.copyOf(floats(file.resolveSibling("values.npy")), logits(file));
  }

  private static int logits(Path file) throws IOException {
    int layers =
        lines(file.resolveSibling("layers.txt")).stream()
            .mapToInt(ExportedProgramsTest::length)
            .sum();
    return floats(file.resolveSibling("values.npy")).length - layers;
  }

  private static int length(String line) {
    return Integer.parseInt(line.substring(line.indexOf('\t') + 1));
  }

  private static Examples tiny() {
    return examples(SPECIAL.resolve("input.npy"), TINY);
  }

  private Path copyOf(Path file) throws IOException {
    return Files.copy(file, folder.resolve("untouched.pt"));
  }
}
