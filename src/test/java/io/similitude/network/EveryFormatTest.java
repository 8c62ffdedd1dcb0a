package io.similitude.network;

import static io.similitude.network.TestExports.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Layer;
import io.similitude.program.Program;
import io.similitude.program.Reduction;
import io.similitude.program.Taps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of weights of the reference networks, put into the network that is built in or else
 * into the exported one, gives what PyTorch gave.
 */
final class EveryFormatTest {
  /** Float32 through ten layers, in another version of PyTorch. */
  private static final float SAME = 1e-4f;

  private static final Path CHECKPOINTS = TestNetwork.CHECKPOINT.getParent();
  private static final List<String> FORMATS =
      List.of("checkpoint.pth.tar", "state_dict.pth", "state_dict_legacy.pth", "model.safetensors");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("inFull")
  void inFullGivesPyTorchsLogitsAndActivations(String network, String format) throws Exception {
    Program program = program(network);
    List<String> files = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String line : TestExports.lines(REFERENCE.resolve(network).resolve("layers.txt"))) {
      files.add(line.substring(0, line.indexOf(' ')));
      names.add(line.substring(line.indexOf(' ') + 1));
    }
    List<Layer> listed =
        program.layers().stream().filter(layer -> names.contains(layer.name())).toList();

    List<float[]> outputs =
        TestExports.run(
            program,
            weights(network, format),
            new Taps(listed, List.of(Reduction.WHOLE)),
            examples(network),
            folder);

    assertThat(listed).extracting(Layer::name).containsExactlyElementsOf(names);
    assertSame(outputs.get(0), floats(network, "logits.npy"), "logits");
    for (int i = 0; i < listed.size(); i++) {
      assertSame(outputs.get(i + 1), floats(network, "activations/" + files.get(i)), names.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("rounded")
  void roundedGivesPyTorchsLogitsWithTheRoundedWeights(String network, String bits)
      throws Exception {
    StateDict weights = weights(network, "state_dict_" + bits + ".pth");

    List<float[]> outputs =
        TestExports.run(program(network), weights, Taps.NONE, examples(network), folder);

    assertSame(outputs.get(0), floats(network, "logits_" + bits + ".npy"), "logits");
  }

  /** One assertion for all values: one a value would take a thousand times as long. */
  private static void assertSame(float[] actual, float[] expected, String of) {
    assertThat(actual).as(of).hasSameSizeAs(expected);
    double farthest = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs((double) actual[i] - expected[i]);
      farthest = difference <= farthest ? farthest : difference;
    }
    assertThat(farthest).as(of).isLessThan(SAME);
  }

  static Stream<Arguments> inFull() {
    return networks().flatMap(name -> FORMATS.stream().map(format -> Arguments.of(name, format)));
  }

  static Stream<Arguments> rounded() {
    return networks().flatMap(name -> Stream.of("fp16", "bf16").map(it -> Arguments.of(name, it)));
  }

  private static Stream<String> networks() {
    return Stream.of("wide_resnet_10_1", "twist", "vit_tiny");
  }

  private static Program program(String network) {
    return network.equals("wide_resnet_10_1")
        ? TestNetwork.program()
        : TestExports.program(REFERENCE.resolve(network).resolve("traced.pt"), examples(network));
  }

  private static StateDict weights(String network, String format) {
    Path file = CHECKPOINTS.resolve(network + "_" + format);
    return CheckpointReader.read(file, file.getFileName().toString());
  }

  private static Examples examples(String network) {
    ImageShape image =
        network.equals("wide_resnet_10_1") ? TestNetwork.IMAGE : new ImageShape(3, 16, 16);
    return TestExports.examples(REFERENCE.resolve(network).resolve("input.npy"), image);
  }

  private static float[] floats(String network, String file) {
    return TestExports.floats(REFERENCE.resolve(network).resolve(file));
  }
}
