package io.similitude.network;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.program.FeatureAxis;
import io.similitude.program.Layer;
import io.similitude.program.Program;
import io.similitude.program.Reduction;
import io.similitude.program.Taps;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The built-in architectures against PyTorch 1.13 and torchvision 0.14
 * (src/test/resources/architectures/generate.py).
 */
final class ArchitecturesTest {
  /**
   * Float32 through up to 150 convolutions, in another order than PyTorch 1.13's; of a layer's
   * largest value, or of one where that is larger.
   */
  private static final double SAME = 1e-4;

  private static final Normalization CIFAR_10 =
      new Normalization(List.of(0.4914, 0.4822, 0.4465), List.of(0.2471, 0.2435, 0.2616));
  private static final Normalization UNEVEN =
      new Normalization(List.of(0.5, 0.25, 0.125), List.of(0.5, 0.25, 2.0));

  @TempDir Path folder;

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {18, 34, 50, 101, 152})
  void resNetsAreTorchvisions(int depth) throws Exception {
    String name = "resnet-" + depth;

    check(name, network(name, Map.of("width", 2)), new ImageShape(3, 40, 32));
  }

  @ParameterizedTest
  @ValueSource(ints = {18, 34, 50, 101, 152})
  void cifarResNetsArePytorchCifars(int depth) throws Exception {
    String name = "cifar-resnet-" + depth;

    check(name, network(name, Map.of("width", 2)), TestNetwork.IMAGE);
  }

  @Test
  void theInputIsNormalisedInsideTheNetwork() throws Exception {
    NetworkSpec.BuiltIn network = network("cifar-resnet-18", Map.of("width", 4), CIFAR_10);

    check("cifar-resnet-18-normalised", network, TestNetwork.IMAGE);
  }

  @Test
  void preActResNetsArePytorchCifarsAndRobustBenchs() throws Exception {
    check("preact-resnet-18", network("preact-resnet-18", Map.of("width", 4)), TestNetwork.IMAGE);
    check(
        "preact-resnet-18-from-input",
        network("preact-resnet-18", Map.of("width", 2, "shortcut", "input"), CIFAR_10),
        TestNetwork.IMAGE);
    check(
        "preact-resnet-34-final-norm",
        network("preact-resnet-34", Map.of("width", 2, "final-norm", true)),
        TestNetwork.IMAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "vgg-11, 32, 32, 4",
    "vgg-13, 32, 32, 4",
    "vgg-16, 32, 32, 4",
    "vgg-19, 32, 32, 4",
    "vgg-11-bn, 64, 32, 4",
    "vgg-13-bn, 64, 32, 4",
    "vgg-16-bn, 64, 32, 4",
    "vgg-19-bn, 64, 32, 4",
    "vgg-11-large, 288, 256, 2"
  })
  void vggsAreTorchvisions(String name, int height, int width, int channels) throws Exception {
    NetworkSpec.BuiltIn network =
        network(name.replace("-large", ""), Map.of("width", channels, "hidden", 8));

    check(name, network, new ImageShape(3, height, width));
  }

  @Test
  void wideResNetsAreThePapersAndRobustBenchs() throws Exception {
    check(
        "wide-resnet-16-1",
        network("wide-resnet", Map.of("depth", 16, "width", 1)),
        TestNetwork.IMAGE);
    check(
        "robustbench-wide-resnet-10-2",
        network("robustbench-wide-resnet", Map.of("depth", 10, "width", 2), CIFAR_10),
        TestNetwork.IMAGE);
  }

  @Test
  void deepMindsWideResNetsAreRobustBenchs() throws Exception {
    check(
        "deepmind-wide-resnet-16-1",
        network("deepmind-wide-resnet", Map.of("depth", 16, "width", 1), UNEVEN),
        TestNetwork.IMAGE);
    check(
        "deepmind-wide-resnet-10-1-silu",
        network(
            "deepmind-wide-resnet", Map.of("depth", 10, "width", 1, "activation", "silu"), UNEVEN),
        TestNetwork.IMAGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 32, 44, 56, 110})
  void resNetsOfSixNAndTwoLayersPadTheirShortcuts(int depth) throws Exception {
    check(
        "cifar-resnet-v1-" + depth,
        network("cifar-resnet-v1", Map.of("depth", depth, "width", 2)),
        TestNetwork.IMAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "B"})
  void resNetsOfSixNAndTwoLayersProjectThemIfAsked(String shortcut) throws Exception {
    check(
        "cifar-resnet-v1-20-b",
        network("cifar-resnet-v1", Map.of("depth", 20, "width", 2, "shortcut", shortcut)),
        TestNetwork.IMAGE);
  }

  @Test
  void aDepthThatIsNotSixNAndTwoIsRefused() {
    NetworkSpec.BuiltIn network = network("cifar-resnet-v1", Map.of("depth", 18));

    assertThatThrownBy(() -> Architectures.program(network, TestNetwork.IMAGE))
        .hasMessage("Invalid depth of network n: 18 (must be 6 n + 2: 20, 32, 44, 56, 110, ...)");
  }

  @Test
  void mobileNetsAreTorchvisions() throws Exception {
    check(
        "mobilenet-v2",
        network("mobilenet-v2", Map.of("multiplier", 0.1)),
        new ImageShape(3, 64, 40));
    check(
        "mobilenet-v2-wide", network("mobilenet-v2", Map.of("multiplier", 1.1)), TestNetwork.IMAGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {121, 161, 169, 201})
  void denseNetsAreTorchvisions(int depth) throws Exception {
    String name = "densenet-" + depth;

    check(name, network(name, Map.of("growth", 2, "width", 4)), new ImageShape(3, 64, 32));
  }

  @ParameterizedTest
  @CsvSource({"tiny, tiny", "small, small", "base, small", "large, small"})
  void convNeXtsAreTorchvisions(String size, String same) throws Exception {
    NetworkSpec.BuiltIn network = network("convnext-" + size, Map.of("width", 2));

    check("convnext-" + same, network, new ImageShape(3, 64, 40));
  }

  @ParameterizedTest
  @CsvSource({"vit-b-16, 64", "vit-b-32, 128", "vit-l-16, 64", "vit-l-32, 128", "vit-h-14, 56"})
  void visionTransformersAreTorchvisions(String name, int side) throws Exception {
    NetworkSpec.BuiltIn network = network(name, Map.of("width", 8, "heads", 2, "hidden", 12));

    check(name, network, new ImageShape(3, side, side));
  }

  private void check(String name, NetworkSpec.BuiltIn spec, ImageShape image) throws Exception {
    TestArchitecture expected = TestArchitecture.read(name);
    Program program = Architectures.program(spec, image);
    Examples examples = TestArchitecture.examples(image);

    assertThat(program.layers())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("axis")
        .containsExactlyElementsOf(expected.layers());
    assertThat(digest(program)).isEqualTo(expected.weightsDigest());
    checkReductions(program, expected, examples, checkValues(program, expected, examples));
    checkGradient(program, expected, examples);
  }

  /** Gives the logits and all values. */
  private List<float[]> checkValues(Program program, TestArchitecture expected, Examples examples)
      throws Exception {
    Taps all = new Taps(program.layers(), List.of(Reduction.WHOLE));
    List<float[]> outputs =
        TestExports.run(program, TestArchitecture.weights(program), all, examples, folder);

    assertClose("logits", outputs.get(0), expected.logits());
    for (Layer layer : program.layers()) {
      float[] value = outputs.get(all.output(layer.index(), Reduction.WHOLE));
      assertClose(layer.name(), expected.sampled(value), expected.values(layer.index()));
    }
    return outputs;
  }

  /**
   * Where layers are reduced at once, later operations write over them, and a normalisation's Gram
   * matrix comes with its input's: none of which may show.
   */
  private void checkReductions(
      Program program, TestArchitecture expected, Examples examples, List<float[]> values)
      throws Exception {
    Taps reduced = new Taps(program.layers(), List.of(Reduction.POOLED, Reduction.GRAM));
    List<float[]> outputs =
        TestExports.run(program, TestArchitecture.weights(program), reduced, examples, folder);

    assertClose("logits in place", outputs.get(0), expected.logits());
    for (Layer layer : program.layers()) {
      float[] value = values.get(1 + layer.index());
      assertClose(
          "mean of " + layer.name(),
          outputs.get(reduced.output(layer.index(), Reduction.POOLED)),
          pooled(value, layer));
      float[] gram = outputs.get(reduced.output(layer.index(), Reduction.GRAM));
      float variance = variance(value);
      assertClose(
          "Gram matrix of " + layer.name(),
          new float[] {gram[0], gram[1], gram[3]},
          new float[] {variance, -variance, variance});
    }
  }

  /** The means over space or tokens. */
  private static float[] pooled(float[] value, Layer layer) {
    int features = Math.toIntExact(layer.pooledFeatures());
    int places = Math.toIntExact(layer.features()) / features;
    boolean last = layer.axis() == FeatureAxis.LAST;
    float[] means = new float[value.length / places];
    for (int i = 0; i < means.length; i++) {
      int from = i / features * features * places + i % features * (last ? 1 : places);
      double sum = 0;
      for (int j = 0; j < places; j++) {
        sum += value[from + j * (last ? features : 1)];
      }
      means[i] = (float) (sum / places);
    }
    return means;
  }

  /** Of two examples, centred: what stands on the diagonal of their Gram matrix. */
  private static float variance(float[] value) {
    int features = value.length / 2;
    double sum = 0;
    for (int i = 0; i < features; i++) {
      double half = ((double) value[i] - value[features + i]) / 2;
      sum += half * half;
    }
    return (float) sum;
  }

  private void checkGradient(Program program, TestArchitecture expected, Examples examples)
      throws Exception {
    Path archive = folder.resolve("bare.pt");
    TestExports.write(program, TestArchitecture.weights(program), Taps.NONE, archive);
    try (Network network = Network.load(archive, Optional.empty())) {
      InputGradient gradient = network.inputGradient(examples, ArchitecturesTest::rising);

      assertClose("gradient", expected.sampled(gradient.pixels()), expected.gradient());
    }
  }

  /** That of sum_i (i + 1) logit_i. */
  private static float[][] rising(float[][] logits) {
    float[][] gradient = new float[logits.length][logits[0].length];
    for (float[] row : gradient) {
      for (int i = 0; i < row.length; i++) {
        row[i] = i + 1;
      }
    }
    return gradient;
  }

  private static void assertClose(String what, float[] actual, float[] expected) {
    double largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(actual).as(what).containsExactly(expected, within((float) (SAME * largest)));
  }

  private static String digest(Program program) throws Exception {
    String names =
        program.weights().stream()
            .filter(TestArchitecture::isDrawn)
            .map(ArchitecturesTest::line)
            .sorted()
            .collect(joining("\n"));
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8)));
  }

  private static String line(ExpectedTensor tensor) {
    return tensor.name() + " " + Arrays.toString(tensor.shape());
  }

  private static NetworkSpec.BuiltIn network(String architecture, Map<String, Object> parameters) {
    return network(architecture, parameters, Normalization.NONE);
  }

  private static NetworkSpec.BuiltIn network(
      String architecture, Map<String, Object> parameters, Normalization normalization) {
    Map<String, Object> all = new LinkedHashMap<>(parameters);
    all.put("classes", TestArchitecture.CLASSES);
    return new NetworkSpec.BuiltIn("n", architecture, all, normalization);
  }
}
