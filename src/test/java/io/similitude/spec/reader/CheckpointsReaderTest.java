package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.ExportOptions;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.WeightChoice;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports and globs among the checkpoints. */
final class CheckpointsReaderTest {
  private static final String CHECKPOINT = "{id: one, network: net, weights: one.pth}";

  @Test
  void aGlobMakesACheckpointOfEveryFileInTheOrderOfTheirNumbers() {
    SweepSpec spec =
        Specs.read(
            with("{glob: 'runs/*', network: net, id: 'r-{stem}', key: ema, tags: {run: 7}}"));

    assertThat(spec.checkpoints())
        .containsExactly(
            ofGlob("r-epoch_2", "/runs/epoch_2.pth.tar"),
            ofGlob("r-epoch_10", "/runs/epoch_10.pth.tar"),
            ofGlob("r-last", "/runs/last.safetensors"));
  }

  @Test
  void aViewMayBeCraftedOnAFileOfAGlob() {
    String views = "views=[{id: v, attack: uniform-noise, craft-on: last}]";

    assertThat(
            Specs.read(with("{glob: '*', network: net, id: '{stem}'}"), views)
                .views()
                .get(0)
                .craftOn())
        .contains("last");
  }

  @Test
  void aTorchscriptFileIsNetworkAndWeights() {
    SweepSpec spec =
        Specs.read(with("{id: traced, torchscript: model.pt}").replaceAll("networks:\\n.*\\n", ""));

    assertThat(spec.networks()).isEmpty();
    CheckpointSpec checkpoint = spec.checkpoints().get(0);
    assertThat(checkpoint)
        .isEqualTo(
            CheckpointSpec.exported("traced", "/specs/model.pt", ExportOptions.NONE, Map.of()));
    assertThat(spec.networkOf(checkpoint))
        .isEqualTo(new NetworkSpec.Exported("traced", "/specs/model.pt"));
  }

  @Test
  void anExportedNetworkIsSharedByCheckpoints() {
    SweepSpec spec =
        Specs.read(
            Specs.MINIMAL.replace("{architecture: wide-resnet, depth: 10}", "{torchscript: t.pt}"));

    assertThat(spec.networkOf(spec.checkpoints().get(0)))
        .isEqualTo(new NetworkSpec.Exported("net", "/specs/t.pt"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{glob: none, network: net, id: '{stem}'}"
            + "|s.yaml:7:12: Invalid glob: none (must match a file)",
        "{glob: '*', network: net, id: all}"
            + "|s.yaml:7:35: Invalid id: all"
            + " (must hold {stem}, a file's name without its ending)",
        "{glob: '*', network: net}|s.yaml:7:5: Missing key: id (every checkpoint needs it)",
        "{id: t, torchscript: t.pt, network: net}"
            + "|s.yaml:7:32: Unknown key: network (known: torchscript, exported, glob, id, normalize, output, tags)",
      })
  void whatMakesNoCheckpointIsNamed(String checkpoint, String problem) {
    assertThat(Specs.problems(with(checkpoint))).contains(problem);
  }

  @Test
  void idsOfAGlobDifferFromAllOthers() {
    String yaml = Specs.MINIMAL + "  - {glob: '*', network: net, id: '{stem}'}\n";

    assertThat(Specs.problems(yaml.replace("id: one", "id: last")))
        .containsExactly(
            "s.yaml:8:35: Invalid checkpoint id: \"{stem}\""
                + " (makes last, which must differ from the one at s.yaml:7:10)");
  }

  @Test
  void networksAreNeededByThoseThatNameOne() {
    assertThat(Specs.problems(Specs.MINIMAL.replaceAll("networks:\\n.*\\n", "")))
        .containsExactly("s.yaml:1:1: Missing key: networks (the spec needs it)");
  }

  private static CheckpointSpec ofGlob(String id, String file) {
    return new CheckpointSpec(
        id, Optional.of("net"), file, WeightChoice.ofKey("ema"), Map.of("run", "7"));
  }

  private static String with(String checkpoint) {
    return Specs.MINIMAL.replace(CHECKPOINT, checkpoint);
  }
}
