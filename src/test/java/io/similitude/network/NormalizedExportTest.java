package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.script.ScriptArchive;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.program.InputNormalization;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.program.script.ExportedNetwork;
import io.similitude.spec.Normalization;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code normalize:} beside {@code torchscript:}. */
final class NormalizedExportTest {
  private static final Path FOLDER = Path.of("src/test/resources/modes");
  private static final ImageShape IMAGE = new ImageShape(3, 8, 8);
  private static final InputNormalization NORMALIZATION =
      new InputNormalization(new Normalization(List.of(0.5, 0.25, 0.125), List.of(0.5, 0.25, 2.0)));

  /** One division in float32, here and there. */
  private static final float SAME = 1e-6f;

  @TempDir Path folder;

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  @Test
  void theNetworkGetsNormalisedImagesUnderTheNamesOfItsOwnWeights() throws Exception {
    Path file = FOLDER.resolve("traced.pt");
    Examples images = TestExports.examples(FOLDER.resolve("input.npy"), IMAGE);
    ExportedNetwork network =
        ExportedNetwork.of("traced.pt", ScriptArchive.read(file), NORMALIZATION);
    Program program = ExportedPrograms.program("traced.pt", network, images);
    Program plain = TestExports.program(file, images);

    float[] logits = logits(program, network, images);

    assertThat(logits)
        .containsExactly(
            logits(plain, TestExports.network(file), normalised(images)), within(SAME));
    assertThat(program.digest(Taps.NONE)).isNotEqualTo(plain.digest(Taps.NONE));
    assertThat(program.weights())
        .extracting(ExpectedTensor::name)
        .containsAll(plain.weights().stream().map(ExpectedTensor::name).toList())
        .contains("mu", "sigma");
  }

  private float[] logits(Program program, ExportedNetwork network, Examples images)
      throws Exception {
    return TestExports.run(program, network.weights(), Taps.NONE, images, folder).get(0);
  }

  private static Examples normalised(Examples images) {
    float[] mean = {0.5f, 0.25f, 0.125f};
    float[] std = {0.5f, 0.25f, 2};
    float[] pixels = images.pixels().clone();
    int area = IMAGE.size() / 3;
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / area % 3;
      pixels[i] = (pixels[i] - mean[channel]) / std[channel];
    }
    return new Examples(images.ids(), IMAGE, pixels, Optional.empty());
  }
}
