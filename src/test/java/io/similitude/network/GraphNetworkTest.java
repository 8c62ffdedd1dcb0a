package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.checkpoint.exported.ExportArchive;
import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Layer;
import io.similitude.program.Program;
import io.similitude.program.Reduction;
import io.similitude.program.Taps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks of torch.export against what eager PyTorch's hooks saw. */
final class GraphNetworkTest {
  static final Path EXPORTS = TestGraphs.FOLDER;

  /** Float32 through ten layers, in another version of PyTorch. */
  private static final float SAME = 1e-4f;

  private static final float SAME_LOGITS = 1e-5f;

  @TempDir Path folder;

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(EXPORTS)) {
      return all
          .filter(file -> file.toString().matches(".*/2\\.\\d+/.*\\.pt2"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyLayerGivesWhatPyTorchGave(Path file) throws IOException {
    Examples examples = examples(file);
    ExportArchive archive = ExportArchive.read(file, file.toString());
    Program program = TestGraphs.written(file, examples.shape());
    Map<String, String> seen = seen(file);
    Taps taps = new Taps(program.layers(), List.of(Reduction.WHOLE));

    List<float[]> outputs = TestExports.run(program, archive.weights(), taps, examples, folder);

    assertThat(program.layers()).extracting(Layer::name).containsExactlyElementsOf(seen.keySet());
    assertThat(outputs.get(0)).containsExactly(floats(file, "logits.npy"), within(SAME_LOGITS));
    for (int i = 0; i < program.layers().size(); i++) {
      String layer = program.layers().get(i).name();
      assertThat(outputs.get(i + 1))
          .as(layer)
          .containsExactly(floats(file, "activations/" + seen.get(layer)), within(SAME));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void weightsOfACheckpointArePutInByName(Path file) throws IOException {
    Examples examples = examples(file);
    ExportArchive archive = ExportArchive.read(file, file.toString());
    Program program = TestGraphs.written(file, examples.shape());
    StateDict weights = CheckpointReader.read(file.resolveSibling("state_dict.pth"), "weights");

    List<float[]> own = TestExports.run(program, archive.weights(), Taps.NONE, examples, folder);
    List<float[]> given = TestExports.run(program, weights, Taps.NONE, examples, folder);

    assertThat(given.get(0)).containsExactly(own.get(0));
  }

  @Test
  void whatReturnsMoreThanATensorIsSaid() {
    Path file = EXPORTS.resolve("pair/2.6/dynamic.pt2");

    assertThat(TestGraphs.written(file, new ImageShape(3, 16, 16)).remarks())
        .containsExactly(
            "not tapped: modules that return several tensors: two",
            "not tapped: modules that return a dictionary: named");
  }

  private static Map<String, String> seen(Path file) throws IOException {
    Map<String, String> seen = new LinkedHashMap<>();
    JsonNode expected = new ObjectMapper().readTree(file.resolveSibling("expected.json").toFile());
    expected
        .path("layers")
        .forEach(layer -> seen.put(layer.path("layer").asText(), layer.path("file").asText()));
    return seen;
  }

  static Examples examples(Path file) {
    int side = file.toString().contains("densenet") ? 32 : 16;
    return TestExports.examples(file.resolveSibling("input.npy"), new ImageShape(3, side, side));
  }

  private static float[] floats(Path file, String name) {
    return TestExports.floats(file.resolveSibling(name));
  }
}
