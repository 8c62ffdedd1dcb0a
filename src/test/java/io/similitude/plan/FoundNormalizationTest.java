package io.similitude.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.files.FileAccess;
import io.similitude.network.TorchEngine;
import io.similitude.spec.Normalization;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.reader.Specs;
import io.similitude.store.row.FailureRow;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What checkpoints hold that normalise their input (src/test/resources/normalisers). */
final class FoundNormalizationTest {
  private static final Path FILES = Path.of("src/test/resources/normalisers").toAbsolutePath();
  private static final Path QUICKSTART = Path.of("jobs/quickstart").toAbsolutePath();

  private static final String SPEC =
      """
      sweep: normalised
      dataset:
        format: idx
        images: %1$s/t10k-first-2000-images-idx3-ubyte.gz
        labels: %1$s/t10k-first-2000-labels-idx1-ubyte.gz
        examples: 8
        transform: [{pad: 2}, {channels: 3}]
      batch: 8
      networks:
        net: {architecture: wide-resnet, depth: 16, width: 1, classes: 10%2$s}
        unused: {architecture: wide-resnet, depth: 11, width: 1, classes: 10}
      checkpoints:
        - {id: one, network: net, weights: %3$s}
      similarities: [{metric: cka}]
      """;

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "madry.pth | | 0.2023, 0.1994, 0.201",
        "madry.pth | , normalize: checkpoint | 0.2023, 0.1994, 0.201",
        "seq-normalize.pth | | 0.2, 0.2, 0.2"
      })
  void whatTheFileHasIsObeyed(String file, String normalize, String std) {
    SweepPlan plan = plan(FILES.resolve(file), normalize == null ? "" : normalize);

    assertThat(plan.failures()).isEmpty();
    assertThat(normalization(plan))
        .hasToString("{mean: [0.4914, 0.4822, 0.4465], std: [%s]}".formatted(std));
    assertThat(normalization(plan).isFromCheckpoint()).isTrue();
    assertThat(plan.notes())
        .containsExactly(
            "Network net: the input is normalised by the numbers in the checkpoint's file, "
                + normalization(plan));
  }

  @Test
  void theSameNumbersInTheSpecMakeTheSameUnits() {
    String said = ", normalize: {mean: [0.4914, 0.4822, 0.4465], std: [0.2, 0.2, 0.2]}";
    Path file = FILES.resolve("seq-normalize.pth");

    assertThat(plan(file, said).units()).isEqualTo(plan(file, "").units());
    assertThat(plan(file, said).notes()).isEmpty();
  }

  @Test
  void otherNumbersInTheSpecAreRefused() {
    String said = ", normalize: {mean: [0.4914, 0.4822, 0.4465], std: [0.3, 0.3, 0.3]}";

    assertThat(plan(FILES.resolve("seq-normalize.pth"), said).failures())
        .singleElement()
        .extracting(FailureRow::cause)
        .asString()
        .contains("is [0.2, 0.2, 0.2] there, the network's normalize says [0.3, 0.3, 0.3]");
  }

  @Test
  void aFileWithoutOneLeavesThePixelsAlone() {
    SweepPlan plan = plan(QUICKSTART.resolve("standard.pth.tar"), "");

    assertThat(plan.failures()).isEmpty();
    assertThat(normalization(plan)).isEqualTo(Normalization.NONE);
  }

  @Test
  void aFileThatMustHaveOneIsRefusedWithoutIt() {
    Path file = QUICKSTART.resolve("standard.pth.tar");

    assertThat(plan(file, ", normalize: checkpoint").failures())
        .extracting(FailureRow::cause)
        .containsExactly(
            "Cannot use checkpoint one: "
                + file
                + " has no mean and deviation, and its network says normalize: checkpoint (write normalize: {mean: [...], std: [...]}, or leave it out)");
  }

  @Test
  void weightsThatDoNotFitFailInPlan() {
    Path file = Path.of("src/test/resources/checkpoint/wide_resnet_10_1_state_dict.pth");

    assertThat(plan(file.toAbsolutePath(), "").failures())
        .singleElement()
        .extracting(FailureRow::cause)
        .asString()
        .startsWith("Cannot load checkpoint one from ")
        .contains("missing there: ");
  }

  private static Normalization normalization(SweepPlan plan) {
    return plan.checkpoints().get(0).source().network().spec().normalization();
  }

  private static SweepPlan plan(Path weights, String normalize) {
    SweepSpec spec = Specs.read(SPEC.formatted(QUICKSTART, normalize, weights));
    return new SweepPlanner(spec, FileAccess.local()).plan();
  }
}
