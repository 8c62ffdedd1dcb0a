package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import io.similitude.spec.SweepSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code normalize:} of a network. */
final class NormalizeTest {
  private static final String NETWORK =
      "networks.net={architecture: resnet-18, classes: 10, normalize: %s}";

  @Test
  void isReadAndWrittenWithTheNetwork() {
    SweepSpec spec = read("{mean: [0.5, 1/4, 0], std: [1, 0.25, 2]}");

    assertThat(spec.networks().get("net"))
        .isEqualTo(
            new NetworkSpec.BuiltIn(
                "net",
                "resnet-18",
                Map.of("classes", 10),
                new Normalization(List.of(0.5, 0.25, 0.0), List.of(1.0, 0.25, 2.0))));
    assertThat(SweepWriter.tree(spec).get("networks"))
        .isEqualTo(
            Map.of(
                "net",
                Map.of(
                    "architecture",
                    "resnet-18",
                    "classes",
                    10,
                    "normalize",
                    Map.of("mean", List.of(0.5, 0.25, 0.0), "std", List.of(1.0, 0.25, 2.0)))));
  }

  @Test
  void isNoneWithoutAWord() {
    SweepSpec spec = Specs.read(Specs.MINIMAL);

    assertThat(spec.networks().values())
        .allSatisfy(
            network ->
                assertThat(((NetworkSpec.BuiltIn) network).normalization().isNone()).isTrue());
  }

  @Test
  void namesWhatIsWrong() {
    assertThat(problems("{mean: [0.5, 0.5], std: [0.5]}"))
        .contains("Invalid std: a list (must be as many as the mean has, 2)");
    assertThat(problems("{mean: [a], std: [0]}"))
        .contains("Invalid mean: a (must be a number)")
        .contains("Invalid std: 0 (must be a number above 0)");
    assertThat(problems("{mean: [0.5], sdt: [0.5]}"))
        .contains("Missing key: std (normalize needs it)")
        .contains("Unknown key: sdt (did you mean std?)");
    assertThat(problems("{mean: [], std: []}"))
        .contains("Invalid mean: an empty list (must have an item)");
    assertThat(problems("yes"))
        .contains("Invalid normalize: yes (must be a mapping of mean and std, or checkpoint)");
  }

  @Test
  void standsBesideTorchScriptToo() {
    SweepSpec spec =
        Specs.read(
            Specs.MINIMAL, "networks.net={torchscript: t.pt, normalize: {mean: [0], std: [1]}}");

    assertThat(spec.networks().get("net").normalization())
        .isEqualTo(new Normalization(List.of(0.0), List.of(1.0)));
    assertThat(SweepWriter.tree(spec).get("networks").toString())
        .contains("normalize={mean=[0.0], std=[1.0]}");
  }

  @Test
  void standsBesideAnExportedCheckpointToo() {
    String written = "{id: own, torchscript: t.pt, normalize: {mean: [0.5], std: [1]}, output: 1}";
    SweepSpec spec = Specs.read(Specs.MINIMAL, "checkpoints=[" + written + "]");

    assertThat(spec.networkOf(spec.checkpoints().get(0)))
        .isEqualTo(
            new NetworkSpec.Exported(
                "own", "/specs/t.pt", new Normalization(List.of(0.5), List.of(1.0)), "1"));
    assertThat(SweepWriter.tree(spec).get("checkpoints").toString())
        .contains("torchscript=/specs/t.pt, output=1, normalize={mean=[0.5], std=[1.0]}");
  }

  @Test
  void anExportedCheckpointHasNoFileToTakeItFrom() {
    String written = "checkpoints=[{id: own, torchscript: t.pt, normalize: checkpoint}]";

    assertThat(String.join("|", Specs.problems(Specs.MINIMAL, written)))
        .contains(
            "Invalid normalize: checkpoint (must be a mapping of mean and std: the file is network"
                + " and weights in one)");
  }

  @Test
  void besideWeightsItBelongsToTheNetwork() {
    String written = "checkpoints=[{id: c, network: net, weights: w, normalize: checkpoint}]";

    assertThat(String.join("|", Specs.problems(Specs.MINIMAL, written)))
        .contains("Unknown key: normalize (");
  }

  @ParameterizedTest
  @CsvSource({"checkpoint, CHECKPOINT"})
  void mayBeAWord(String word, Normalization.Source source) {
    SweepSpec spec = read(word);

    assertThat(spec.networks().get("net").normalization()).isEqualTo(Normalization.of(source));
    assertThat(SweepWriter.tree(spec).get("networks").toString()).contains("normalize=" + word);
  }

  @Test
  void theRecordChecksItself() {
    assertThatThrownBy(() -> new Normalization(List.of(0.5), List.of()))
        .hasMessage("Invalid std: [] (must be as many as the mean has, 1)");
    assertThatThrownBy(() -> new Normalization(List.of(0.5), List.of(Double.NaN)))
        .hasMessageContaining("Invalid std: NaN");
    assertThatThrownBy(() -> new Normalization(List.of(Double.NaN), List.of(1.0)))
        .hasMessageContaining("Invalid mean: NaN");
  }

  private static SweepSpec read(String normalize) {
    return Specs.read(Specs.MINIMAL, NETWORK.formatted(normalize));
  }

  private static String problems(String normalize) {
    return String.join("|", Specs.problems(Specs.MINIMAL, NETWORK.formatted(normalize)));
  }
}
