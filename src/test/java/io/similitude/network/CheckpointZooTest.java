package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.checkpoint.format.WeightsFile;
import io.similitude.checkpoint.match.WeightMatch;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.spec.WeightChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One small network, saved in the ways in which people save networks, by PyTorch 2.6: every file
 * has the outcome that {@code expected.json} says. {@code generate.py} lies beside it.
 */
final class CheckpointZooTest {
  private static final Path ZOO = Path.of("src/test/resources/checkpoint-zoo");
  private static final JsonNode EXPECTED = expected();
  private static final Examples EXAMPLES =
      TestExports.examples(ZOO.resolve("x.npy"), new ImageShape(3, 32, 32));
  private static final Program PROGRAM =
      TestExports.program(ZOO.resolve("small-trace.pt"), EXAMPLES);

  private static final Map<String, String> ASKED =
      Map.of(
          "44-model-and-ema.pth",
          "2 sets of weights in it fit the network and differ: under model, under ema (choose one:"
              + " key: model, or key: ema)",
          "45-model-and-ema-shadow.pth",
          "2 sets of weights in it fit the network and differ: under model, under ema.shadow (choose"
              + " one: key: model, or key: ema.shadow)",
          "56-timm.pth",
          "2 sets of weights in it fit the network and differ: under state_dict, under"
              + " state_dict_ema (choose one: key: state_dict, or key: state_dict_ema)");

  private static final Map<String, String> REFUSED =
      Map.of(
          "47-ema-list.pth", "its 12 weights are a list without names (save them with names:",
          "78-params-list.pth", "its 12 weights are a list without names (save them with names:",
          "60-c64.pth", "parameter conv1.weight is complex, and networks here are real (save it",
          "62-qdynamic.pth", "(its weights are quantised: save them before they are quantised;",
          "63-qtensor.pth", "parameter fc.weight is quantised (save the weights before they are",
          "64-qperchannel.pth", "parameter fc.weight is quantised (save the weights before they",
          "92-parametrized.pth",
              "(its weights are parametrised (weight_norm, spectral_norm, pruni");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("files")
  void hasTheOutcomeThatIsExpected(String file) throws IOException {
    JsonNode expected = EXPECTED.get(file);
    switch (expected.get("outcome").asText()) {
      case "read" -> {
        float[] logits = TestExports.floats(ZOO.resolve(expected.get("logits").asText()));
        assertClose(logits(weights(file)), logits, expected.get("tolerance").asDouble());
      }
      case "ask" -> assertRefused(file, ASKED.get(file));
      case "refuse" -> assertRefused(file, REFUSED.get(file));
      default -> fail("no outcome of %s", file);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "44-model-and-ema.pth, ema",
    "45-model-and-ema-shadow.pth, ema.shadow",
    "45-model-and-ema-shadow.pth, ema",
    "56-timm.pth, state_dict_ema",
    "76-tuple.pth, 0",
    "84-int-key.pth, 0",
    "52-lightning-extra.pth, state_dict"
  })
  void takesTheKeyThatTheUserChose(String file, String key) throws IOException {
    float[] logits = TestExports.floats(ZOO.resolve("logits.npy"));

    assertClose(logits(weights(file, WeightChoice.ofKey(key))), logits, 1e-6);
  }

  @Test
  void takesThePrefixThatTheUserChose() throws IOException {
    WeightChoice choice =
        new WeightChoice(Optional.empty(), Optional.of("state_dict_ema"), List.of());

    assertClose(
        logits(weights("56-timm.pth", choice)),
        TestExports.floats(ZOO.resolve("logits.npy")),
        1e-6);
  }

  @Test
  void leavesOutWhatTheUserWantsIgnored() throws IOException {
    WeightChoice choice = new WeightChoice(Optional.empty(), Optional.empty(), List.of("mod*"));

    assertClose(
        logits(weights("44-model-and-ema.pth", choice)),
        TestExports.floats(ZOO.resolve("logits.npy")),
        1e-6);
  }

  @Test
  void checksHeadersAlone() {
    WeightMatch.check("it", file("30-whole.pth"), PROGRAM.weights());

    assertThatThrownBy(() -> WeightMatch.check("it", file("63-qtensor.pth"), PROGRAM.weights()))
        .hasMessageContaining("fc.weight is quantised");
  }

  static Stream<String> files() {
    return StreamSupport.stream(((Iterable<String>) EXPECTED::fieldNames).spliterator(), false);
  }

  private void assertRefused(String file, String message) {
    assertThatThrownBy(() -> weights(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot load checkpoint it from " + file + ": ")
        .hasMessageContaining(message)
        .extracting(Throwable::getMessage)
        .satisfies(line -> assertThat(line.lines()).hasSize(1));
  }

  private float[] logits(StateDict weights) throws IOException {
    return TestExports.run(PROGRAM, weights, Taps.NONE, EXAMPLES, folder).get(0);
  }

  private static StateDict weights(String file) {
    return weights(file, WeightChoice.NONE);
  }

  private static StateDict weights(String file, WeightChoice choice) {
    return WeightMatch.require("it", file(file).with(choice), PROGRAM.weights());
  }

  private static WeightsFile file(String name) {
    return WeightsFile.of(ZOO.resolve(name), name);
  }

  private static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    double farthest = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs((double) actual[i] - expected[i]);
      farthest = difference <= farthest ? farthest : difference;
    }
    assertThat(farthest).isLessThanOrEqualTo(tolerance);
  }

  private static JsonNode expected() {
    try {
      return new ObjectMapper().readTree(ZOO.resolve("expected.json").toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
