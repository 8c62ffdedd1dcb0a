package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.checkpoint.exported.CheckpointWeights;
import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.checkpoint.format.WeightsFile;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.program.InputNormalization;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.program.architecture.Architectures;
import io.similitude.program.exported.GraphNetwork;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network that is built in, as torch.export writes it: its weights fit the one that is built in,
 * and {@code normalize:} works beside the file (src/test/resources/torch-export/built-in).
 */
final class BuiltInExportTest {
  private static final Path FOLDER = Path.of("src/test/resources/torch-export/built-in");
  private static final Path FILE = FOLDER.resolve("wide_resnet.pt2");
  private static final ImageShape IMAGE = new ImageShape(3, 32, 32);
  private static final NetworkSpec.BuiltIn NETWORK =
      new NetworkSpec.BuiltIn("wrn", "wide-resnet", Map.of("depth", 10, "width", 1, "classes", 10));

  /** Float32 through ten layers, in another order of operations. */
  private static final float SAME = 1e-4f;

  @TempDir Path folder;

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  @Test
  void itsWeightsAreThoseOfTheNetworkThatIsBuiltIn() throws Exception {
    Program program = Architectures.program(NETWORK, IMAGE);

    StateDict weights =
        CheckpointWeights.require("it", WeightsFile.of(FILE, "wide_resnet.pt2"), program.weights());

    StateDict saved =
        CheckpointReader.read(Path.of("src/test/resources/training/before.pth"), "before.pth");
    assertThat(weights.names()).isNotEmpty();
    for (String name : weights.names()) {
      assertThat(weights.get(name).orElseThrow().toFloats())
          .as(name)
          .containsExactly(saved.get(name).orElseThrow().toFloats());
    }
    assertLogits("logits.npy", program, weights);
  }

  @Test
  void itsInputIsNormalised() throws Exception {
    ExportArchive archive = ExportArchive.read(FILE, FILE.toString());

    for (InputNormalization normalization : List.of(InputNormalization.NONE, normalization())) {
      GraphNetwork network = new GraphNetwork("it", archive, normalization, "");
      Program program = GraphPrograms.program("it", network, archive, images());
      StateDict weights = WeightMatch.require("it", "it", archive.weights(), program.weights());

      assertLogits(normalization.isNone() ? "logits.npy" : "normalised.npy", program, weights);
    }
  }

  private void assertLogits(String file, Program program, StateDict weights) throws Exception {
    float[] logits = TestExports.run(program, weights, Taps.NONE, images(), folder).get(0);

    assertThat(logits).containsExactly(TestExports.floats(FOLDER.resolve(file)), within(SAME));
  }

  private static InputNormalization normalization() {
    return new InputNormalization(
        new Normalization(List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25)));
  }

  private static Examples images() {
    return TestExports.examples(FOLDER.resolve("input.npy"), IMAGE);
  }
}
