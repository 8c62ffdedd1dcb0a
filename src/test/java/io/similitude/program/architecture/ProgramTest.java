package io.similitude.program.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.program.FeatureAxis;
import io.similitude.program.Layer;
import io.similitude.program.Program;
import io.similitude.program.Reduction;
import io.similitude.program.Taps;
import io.similitude.program.Value;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Descriptions of networks, and what follows from them, against counts made by others. */
final class ProgramTest {
  private static final ImageShape IMAGE = new ImageShape(3, 32, 32);
  private static final List<Double> STD = List.of(0.5, 0.5, 0.5);
  private static final DescribedProgram PROGRAM = wideResNet(10, 1);

  @Test
  void layersAreThoseOfTheModulesInCallOrder() {
    List<Layer> layers = PROGRAM.layers();

    assertThat(layers).extracting(Layer::name).startsWith("conv1", "block1.layer.0.bn1");
    assertThat(layers).extracting(Layer::name).endsWith("bn1", "relu", "avgpool", "fc");
    assertThat(layers)
        .contains(
            new Layer(9, "block1", "NetworkBlock", List.of(16, 32, 32), FeatureAxis.FIRST),
            new Layer(11, "block2.layer.0.relu1", "ReLU", List.of(16, 32, 32), FeatureAxis.FIRST))
        .doesNotHaveDuplicates();
    assertThat(layers.get(layers.size() - 2).shape()).containsExactly(64, 1, 1);
  }

  @Test
  void onlyBlocksThatChangeTheChannelsProjectTheirShortcut() {
    assertThat(PROGRAM.layers())
        .filteredOn(layer -> layer.name().endsWith("convShortcut"))
        .extracting(Layer::name)
        .containsExactly("block2.layer.0.convShortcut", "block3.layer.0.convShortcut");
  }

  @ParameterizedTest
  @CsvSource({"10, 1, 77850", "16, 1, 175066", "28, 10, 36479194"})
  void parametersAreAsManyAsThePapers(int depth, int width, long parameters) {
    assertThat(parameters(wideResNet(depth, width))).isEqualTo(parameters);
  }

  @Test
  void flopsAreTwiceTheProductsAndTheRest() {
    long pixels = 32 * 32;
    long convolutions =
        pixels * 16 * 3 * 9 // conv1
            + pixels * 16 * 16 * 9 * 2 // block1
            + pixels / 4 * (16 * 32 * 9 + 32 * 32 * 9 + 16 * 32) // block2
            + pixels / 16 * (32 * 64 * 9 + 64 * 64 * 9 + 32 * 64); // block3
    // Two for a batch norm, one for a ReLU; a block begins on what the block before left.
    long normalised = pixels * 16 * 2 + pixels * 16 + pixels / 4 * 32 * 2 + pixels / 16 * 64 * 2;
    long sums = pixels * 16 + pixels / 4 * 32 + pixels / 16 * 64;
    long pooled = 64 * 64;
    long linear = 2 * 64 * 10;

    assertThat(PROGRAM.flops())
        .isEqualTo(2 * convolutions + 3 * normalised + sums + pooled + linear);
  }

  @Test
  void aForwardPassHoldsWhatIsStillToBeReadAndAGradientWhatItsWayBackNeeds() {
    ProgramBuilder network = new ProgramBuilder(IMAGE);
    Value conv = network.conv2d("conv", network.input(), 4, 3, 1, 1);
    Value relu = network.relu("relu", network.batchNorm2d("norm", conv));
    Value pool = network.pool("pool", Pooling.average(2), relu);
    Program program = network.build(network.linear("fc", network.flatten(pool), 10));
    long input = 3 * 32 * 32;
    long value = 4 * 32 * 32;

    // The norm reads the convolution's value and makes its own.
    assertThat(program.peakBytes()).isEqualTo(4 * (input + 2 * value));
    // Kept are the convolution's value, which the norm read, and the ReLU's, which lies over the
    // norm's; on the way back through the ReLU come its gradient and the norm's.
    assertThat(program.gradientBytes()).isEqualTo(4 * (input + 4 * value));
  }

  @Test
  void aGradientKeepsEveryConvolutionsInputButNotTwice() {
    long values = PROGRAM.layers().stream().mapToLong(Layer::features).sum() * 4;

    assertThat(PROGRAM.gradientBytes()).isBetween(values / 3, values);
    assertThat(PROGRAM.gradientBytes()).isGreaterThan(2 * PROGRAM.peakBytes());
    // Two more blocks a stage, and each keeps four values of its stage's size.
    assertThat(wideResNet(22, 1).gradientBytes() - wideResNet(16, 1).gradientBytes())
        .isEqualTo(4L * 4 * 1024 * (16 + 32 / 4 + 64 / 16));
  }

  @Test
  void aPassOfAnAttackHoldsFewExamplesOfASmallNetworkAndMoreUnderManyWeights() {
    ProgramBuilder heavy = new ProgramBuilder(IMAGE);
    Value x = heavy.pool("pool", Pooling.average(16), heavy.input());
    Value wide = heavy.linear("fc1", heavy.flatten(x), 20_000);

    assertThat(PROGRAM.examplesInGradient()).isEqualTo(32);
    assertThat(heavy.build(heavy.linear("fc2", wide, 100)).examplesInGradient()).isEqualTo(256);
  }

  @Test
  void aPassOfAnAttackTakesLessThanAGigabyte() {
    ProgramBuilder large = new ProgramBuilder(new ImageShape(3, 1024, 1024));
    Value x = large.conv2d("conv1", large.input(), 16, 3, 1, 1);
    for (int i = 0; i < 4; i++) {
      x = large.relu("relu" + i, large.batchNorm2d("norm" + i, x));
    }
    Program program =
        large.build(
            large.linear(
                "fc", large.flatten(large.pool("pool", Pooling.adaptiveAverage(1), x)), 10));

    assertThat(program.examplesInGradient()).isBetween(1, 5);
    assertThat(program.examplesInGradient() * program.gradientBytes()).isLessThan(1L << 30);
  }

  @Test
  void theSourceFollowsFromTheNetworkAndTheTapsAlone() {
    Taps taps = new Taps(PROGRAM.layers(), List.of(Reduction.GRAM, Reduction.POOLED));

    assertThat(wideResNet(10, 1).source(taps)).isEqualTo(PROGRAM.source(taps));
    assertThat(wideResNet(10, 1).digest(taps)).isEqualTo(PROGRAM.digest(taps));
    assertThat(wideResNet(16, 1).digest(taps)).isNotEqualTo(PROGRAM.digest(taps));
    assertThat(PROGRAM.digest(Taps.NONE)).isNotEqualTo(PROGRAM.digest(taps));
  }

  @Test
  void aTapThatIsReducedAtOnceLeavesItsValueToBeWrittenOver() {
    Layer norm = PROGRAM.layers().get(1);

    assertThat(PROGRAM.source(new Taps(List.of(norm), List.of(Reduction.GRAM))))
        .contains("torch.relu_(");
    assertThat(PROGRAM.source(new Taps(List.of(norm), List.of(Reduction.WHOLE))))
        .doesNotContain("torch.relu_(", "torch.add_(");
  }

  @Test
  void whatIsReadLaterIsNotWrittenOver() {
    ProgramBuilder network = new ProgramBuilder(IMAGE);
    Value x = network.conv2d("conv", network.input(), 4, 3, 1, 1);
    Value first = network.relu("relu1", x);
    Value second = network.relu("relu2", network.input());
    Value logits =
        network.linear("fc", network.flatten(network.add(x, network.add(first, second))), 2);

    String source = ((DescribedProgram) network.build(logits)).source(Taps.NONE);

    assertThat(source)
        .contains("v1 = torch.relu(v0)")
        .contains("v2 = torch.relu(x)")
        .contains("v3 = torch.add_(v1, v2)")
        .contains("v4 = torch.add_(v0, v3)");
  }

  @ParameterizedTest
  @CsvSource({"11", "8", "12"})
  void depthsThatNoWideResNetHasAreRefused(int depth) {
    assertThatThrownBy(() -> wideResNet(depth, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Invalid depth of network wrn: " + depth + " (must be 6 n + 4");
  }

  /** The products that torchvision's documentation gives, in 10^9, for images of 224 x 224. */
  @ParameterizedTest
  @CsvSource({
    "resnet-18, 11689512, 1.814",
    "resnet-34, 21797672, 3.664",
    "resnet-50, 25557032, 4.089",
    "resnet-101, 44549160, 7.801",
    "resnet-152, 60192808, 11.514",
    "vgg-11, 132863336, 7.609",
    "vgg-13, 133047848, 11.308",
    "vgg-16, 138357544, 15.47",
    "vgg-19, 143667240, 19.632",
    "vgg-11-bn, 132868840, 7.609",
    "vgg-13-bn, 133053736, 11.308",
    "vgg-16-bn, 138365992, 15.47",
    "vgg-19-bn, 143678248, 19.632"
  })
  void torchvisionsNetworksAreOfTheirSize(String architecture, long parameters, double products) {
    Program program = network(architecture, Map.of("classes", 1000), new ImageShape(3, 224, 224));

    assertThat(parameters(program)).isEqualTo(parameters);
    // Besides the products there are normalisations, activations and sums.
    assertThat(program.flops() / 2e9).isBetween(products * 0.999, products * 1.01);
  }

  @ParameterizedTest
  @CsvSource({
    "cifar-resnet-18, 11173962",
    "cifar-resnet-50, 23520842",
    "preact-resnet-18, 11171146"
  })
  void cifarNetworksAreOfTheirSize(String architecture, long parameters) {
    assertThat(parameters(network(architecture, Map.of("classes", 10), IMAGE)))
        .isEqualTo(parameters);
  }

  @Test
  void theDeepestNetworksMemoryIsThatOfItsFirstBlocks() {
    Program program = network("resnet-152", Map.of("classes", 10), new ImageShape(3, 224, 224));
    long image = 3 * 224 * 224;
    long first = 64 * 112 * 112;

    // The image, the stem's convolution and its normalisation; a later block takes less.
    assertThat(program.peakBytes()).isBetween(4 * (image + 2 * first), 4 * (image + 3 * first));
  }

  @Test
  void aModuleThatIsCalledAgainIsNumbered() {
    assertThat(network("resnet-50", Map.of("classes", 10), IMAGE).layers())
        .extracting(Layer::name)
        .contains("layer1.0.relu", "layer1.0.relu#1", "layer1.0.relu#2", "layer1.0.downsample")
        .doesNotContain("layer1.0.relu#3", "relu#1")
        .doesNotHaveDuplicates();
  }

  @Test
  void normalisationIsPartOfWhatIdentifiesAProgram() {
    DescribedProgram plain = described(Normalization.NONE);
    DescribedProgram one = described(new Normalization(List.of(0.0, 1e-5, 1.0), STD));
    DescribedProgram other = described(new Normalization(List.of(0.0, 1e-5, 2.0), STD));

    assertThat(List.of(plain, one, other))
        .extracting(program -> program.digest(Taps.NONE))
        .doesNotHaveDuplicates();
    assertThat(one.layers()).isEqualTo(plain.layers());
    assertThat(one.source(Taps.NONE)).contains("[0.0, 0.000010, 1.0]");
  }

  @Test
  void normalisationFitsTheImagesChannels() {
    assertThatThrownBy(() -> described(new Normalization(List.of(0.5), List.of(0.5))))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Invalid normalize of network n: [0.5] (must have 3 numbers, one for each channel)");
  }

  @Test
  void parametersAndImagesThatFitNoNetworkAreRefused() {
    assertThatThrownBy(() -> network("resnet-18", Map.of(), IMAGE))
        .isInstanceOf(InputException.class)
        .hasMessage("Invalid classes of network n: nothing (must be a whole number of at least 1)");
    assertThatThrownBy(() -> network("vgg-11", Map.of("classes", 10, "width", 0.5), IMAGE))
        .hasMessage("Invalid width of network n: 0.5 (must be a whole number of at least 1)");
    assertThatThrownBy(
            () -> network("resnet-50", Map.of("classes", 10, "width", 100_000_000), IMAGE))
        .hasMessage("Invalid width of network n: 100000000 (must be at most 1048576)");
    assertThatThrownBy(
            () -> network("preact-resnet-18", Map.of("classes", 10, "shortcut", "relu"), IMAGE))
        .hasMessage("Invalid shortcut of network n: relu (must be activation or input)");
    assertThatThrownBy(
            () -> network("preact-resnet-18", Map.of("classes", 10, "final-norm", 1), IMAGE))
        .hasMessage("Invalid final-norm of network n: 1 (must be true or false)");
    assertThatThrownBy(
            () ->
                network(
                    "deepmind-wide-resnet",
                    Map.of("depth", 16, "width", 1, "classes", 10, "activation", "gelu"),
                    IMAGE))
        .hasMessage("Invalid activation of network n: gelu (must be relu or swish or silu)");
    assertThatThrownBy(
            () -> network("cifar-resnet-18", Map.of("classes", 10), new ImageShape(3, 64, 64)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("to network n: a cifar-resnet-18 wants 32 x 32 pixels (transform: ");
    assertThatThrownBy(() -> network("vgg-11", Map.of("classes", 10), new ImageShape(1, 28, 28)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("to network n: a vgg-11 wants at least 32 x 32 pixels (transform: ");
  }

  @Test
  void whatIsNotBuiltInIsNamed() {
    assertThatThrownBy(() -> network("alexnet", Map.of(), IMAGE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Invalid architecture: alexnet (known: wide-resnet, ");
  }

  private static Program network(
      String architecture, Map<String, Object> parameters, ImageShape image) {
    return Architectures.program(new NetworkSpec.BuiltIn("n", architecture, parameters), image);
  }

  private static DescribedProgram described(Normalization normalization) {
    return (DescribedProgram)
        Architectures.program(
            new NetworkSpec.BuiltIn(
                "n", "cifar-resnet-18", Map.of("width", 2, "classes", 10), normalization),
            IMAGE);
  }

  private static long parameters(Program program) {
    return program.weights().stream()
        .filter(tensor -> !tensor.isOptional() && !tensor.name().contains("running"))
        .mapToLong(ExpectedTensor::elements)
        .sum();
  }

  private static DescribedProgram wideResNet(int depth, int width) {
    return (DescribedProgram)
        Architectures.program(
            new NetworkSpec.BuiltIn(
                "wrn", "wide-resnet", Map.of("depth", depth, "width", width, "classes", 10)),
            IMAGE);
  }
}
