package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.plan.ExtractionPlan;
import io.similitude.program.Program;
import io.similitude.program.Taps;
import io.similitude.spec.Activations;
import io.similitude.spec.Features;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that were exported in some mode, by PyTorch 1.13 (src/test/resources/modes). */
final class EvaluationModeTest {
  private static final Path FOLDER = Path.of("src/test/resources/modes");

  /** Float32 through three layers, in another version of PyTorch. */
  private static final float SAME = 1e-5f;

  @TempDir Path folder;

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "traced-training | bn (BatchNorm2d) normalises by its batch; drop (Dropout) drops values at random",
        "traced-batch-norm | bn (BatchNorm2d) normalises by its batch",
        "traced-always | the network drops values at random",
        "traced-noisy | the network draws random numbers",
        "scripted-always | it draws random numbers",
        "scripted-noisy | it draws random numbers",
      })
  void aNetworkThatIsNotTheSameEachTimeIsRefused(String name, String why) {
    assertThatThrownBy(() -> program(name))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "Cannot use network %s.pt: its outputs for an image are not the same each time: %s ("
                .formatted(name, why))
        .hasMessageContaining("model.eval()")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"traced", "scripted-training"})
  void aNetworkInEvaluationModeIsAsItWas(String name) throws Exception {
    Program program = program(name);

    assertThat(program.batchDependence()).isEmpty();
    assertThat(logits(name, program, examples())).containsExactly(expected(name), within(SAME));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "traced-untracked | without running statistics: bn (BatchNorm2d)",
        "scripted-untracked | without running statistics: bn (BatchNorm2d)",
        "frozen-untracked | without running statistics: the network",
        "traced-centred | its logits of an image change with the other images of the batch",
        "scripted-centred | its logits of an image change with the other images of the batch",
      })
  void aNetworkThatLooksAtItsBatchIsShownAWholeBatchAtOnce(String name, String why)
      throws Exception {
    Program program = program(name);
    ExtractionPlan plan =
        new ExtractionPlan(
            program, List.of(), Features.FULL, Activations.NONE, 4, OptionalInt.of(2));

    assertThat(program.batchDependence()).contains(why);
    assertThat(plan.microBatch()).isEqualTo(4);
    assertThat(logits(name, program, examples())).containsExactly(expected(name), within(SAME));
  }

  @Test
  void otherNetworksAreShownPartsOfABatch() {
    ExtractionPlan plan =
        new ExtractionPlan(
            program("traced"), List.of(), Features.FULL, Activations.NONE, 4, OptionalInt.of(2));

    assertThat(plan.microBatch()).isEqualTo(2);
  }

  private static Program program(String name) {
    return TestExports.program(file(name), examples());
  }

  private float[] logits(String name, Program program, Examples examples) throws Exception {
    return TestExports.run(
            program, TestExports.network(file(name)).weights(), Taps.NONE, examples, folder)
        .get(0);
  }

  private static float[] expected(String name) {
    return TestExports.floats(FOLDER.resolve(name + ".npy"));
  }

  private static Path file(String name) {
    return FOLDER.resolve(name + ".pt");
  }

  private static Examples examples() {
    return TestExports.examples(FOLDER.resolve("input.npy"), new ImageShape(3, 8, 8));
  }
}
