package io.similitude.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.attack.Attacks;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.network.TorchEngine;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.reader.SweepReader;
import io.similitude.store.row.FailureRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks whose values for an image depend on the other images (src/test/resources/modes). */
final class BatchDependentAttackTest {
  private static final Path MODES = Path.of("src/test/resources/modes").toAbsolutePath();

  private static final String SPEC =
      """
      sweep: batch-dependent
      dataset: {format: npy, images: %1$s/input.npy, labels: %2$s}
      batch: 4
      checkpoints:
        - {id: dependent, torchscript: %1$s/%3$s.pt}
        - {id: other, torchscript: %1$s/traced.pt}
      views:
        - {id: benign}
        - {id: shown, %4$s}
      similarities: [{metric: cka}]
      """;

  @TempDir Path folder;

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "traced-untracked | attack: pgd-linf | without running statistics: bn (BatchNorm2d)",
        "scripted-untracked | attack: apgd-dlr | without running statistics: bn (BatchNorm2d)",
        "frozen-untracked | attack: fgsm | without running statistics: the network",
        "traced-centred | attack: spatial | change with the other images of the batch",
      })
  void anAttackOnThemIsRefusedWithTheReasonAndTheRestIsPlanned(
      String network, String attack, String why) throws Exception {
    SweepPlan plan = plan(network, attack + (attack.contains("spatial") ? "" : ", epsilon: 0.1"));

    assertThat(plan.failures()).hasSize(1);
    FailureRow failure = plan.failures().get(0);
    assertThat(failure.checkpoint()).isEqualTo("dependent");
    assertThat(failure.view()).isEqualTo("shown");
    assertThat(failure.cause())
        .startsWith(
            "Cannot show view shown: it is crafted on dependent, where an image's gradient depends"
                + " on the other images (")
        .contains(why)
        .endsWith("; craft-on: another checkpoint)");
    assertThat(plan.units())
        .extracting(unit -> unit.key().checkpoint() + " " + unit.key().view())
        .containsExactlyInAnyOrder("dependent benign", "other benign", "other shown");
  }

  @Test
  void theyAreShownWhatIsMadeAgainstAnotherNetwork() throws Exception {
    SweepPlan plan = plan("traced-untracked", "attack: fgsm, epsilon: 0.1, craft-on: other");

    assertThat(plan.failures()).isEmpty();
    assertThat(plan.units()).hasSize(4);
  }

  @Test
  void noiseWantsNoGradient() throws Exception {
    assertThat(plan("traced-untracked", "attack: gaussian-noise, epsilon: 0.1").failures())
        .isEmpty();
  }

  private SweepPlan plan(String network, String attack) throws Exception {
    Path labels = folder.resolve("labels.npy");
    NpyArray array = NpyArray.of(new long[] {0, 1, 2, 0}, 4);
    try (var out = Files.newOutputStream(labels)) {
      array.write(out);
    }
    FileAccess files = FileAccess.local();
    SweepReader reader =
        new SweepReader(Architectures.parameters(), Attacks.parameters(), files::glob);
    String spec = SPEC.formatted(MODES, labels, network, attack);
    return new SweepPlanner(reader.read("s.yaml", spec, List.of()), files).plan();
  }
}
