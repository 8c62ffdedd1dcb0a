package io.similitude.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.image.ImageShape;
import io.similitude.program.TrainingProgram;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the first weights of torchvision 0.14.1; initial_weights.py has them. */
final class InitialWeightsTest {
  private static final Path EXPECTED = Path.of("src/test/resources/training/initial-weights.json");

  /** Networks of the same kind, each with a seed of its own. */
  private static final int DRAWS = 20;

  @Test
  void convNeXtStartsAsInTorchvision() throws IOException {
    check("convnext-tiny", Map.of("width", 16, "classes", 10));
  }

  @Test
  void visionTransformersStartAsInTorchvision() throws IOException {
    check(
        "vit-b-16",
        Map.of("patch", 8, "depth", 2, "heads", 4, "width", 48, "hidden", 96, "classes", 10));
  }

  private static void check(String name, Map<String, Object> parameters) throws IOException {
    NetworkSpec.BuiltIn network =
        new NetworkSpec.BuiltIn(name, name, parameters, Normalization.NONE);
    TrainingProgram program = Architectures.program(network, new ImageShape(3, 32, 32)).training();
    StateDict[] drawn = new StateDict[DRAWS];
    for (int seed = 0; seed < DRAWS; seed++) {
      drawn[seed] = InitialWeights.draw(program, Architectures.initialization(network), seed);
    }
    JsonNode expected = new ObjectMapper().readTree(EXPECTED.toFile()).get(name);

    assertThat(program.tensors()).hasSize(expected.size());
    for (ExpectedTensor tensor : program.tensors()) {
      double squares = 0;
      double sizes = 0;
      for (StateDict each : drawn) {
        for (float value : each.get(tensor.name()).orElseThrow().toFloats()) {
          squares += (double) value * value;
          sizes += Math.abs(value);
        }
      }
      double numbers = (double) DRAWS * tensor.elements();
      double square = expected.get(tensor.name()).get("mean_square").asDouble();
      double size = expected.get(tensor.name()).get("mean_absolute").asDouble();
      // The mean square of n normal numbers has an error of sqrt(2 / n), here and there.
      assertThat(squares / numbers)
          .as(tensor.name())
          .isCloseTo(square, within(5 * square * Math.sqrt(4 / numbers)));
      // In deviations it is 0.80 for a normal distribution, 0.87 for a uniform one and 1 for a
      // constant. Its error is 0.6 / sqrt(n), here and there.
      assertThat(sizes / numbers)
          .as(tensor.name())
          .isCloseTo(size, within(5 * size * 0.75 * Math.sqrt(2 / numbers)));
    }
  }
}
