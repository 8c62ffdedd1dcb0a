package io.similitude.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.spec.key.Ids;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.reader.Specs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class SpecRecordsTest {
  @Test
  void travel() throws IOException, ClassNotFoundException {
    SweepSpec bare = Specs.read(Specs.MINIMAL);
    SweepSpec full =
        Specs.read(
            Specs.MINIMAL,
            "micro-batch=2",
            "dataset.examples=9",
            "layers.fraction=0.5",
            "dataset.transform=[{pad: 1}]",
            "checkpoints.0.tags.a=b",
            "checkpoints.0.key=ema",
            "views=[{id: a, attack: pgd-linf, epsilon: 8/255, craft-on: one}]");

    assertThat(Specs.copy(bare)).isEqualTo(bare);
    assertThat(Specs.copy(full)).isEqualTo(full);
    SweepSpec exported =
        Specs.read(
            Specs.MINIMAL + "  - {id: traced, torchscript: model.pt}",
            "networks.net={torchscript: t.pt}");
    assertThat(Specs.copy(exported)).isEqualTo(exported);
    assertThat(Specs.copy(full.dataset().orElseThrow())).isEqualTo(full.dataset().orElseThrow());
    for (String dataset :
        List.of(
            "{format: cifar10, path: c}",
            "{format: image-folder, path: i}",
            "{format: parquet, path: p, label-column: l}")) {
      SweepSpec spec = Specs.read(Specs.ofDataset(dataset));
      assertThat(Specs.copy(spec)).isEqualTo(spec);
    }
    SweepSpec alone =
        Specs.read(
            """
            sweep: alone
            batch: 8
            representations:
              - {checkpoint: a, layer: l, file: x.npy, example-ids: i.npy}
              - {checkpoint: b, layer: l, file: x.npy}
              - {file: activations}
            similarities: [{metric: cka, given: a/benign/l}]
            """);
    assertThat(Specs.copy(alone)).isEqualTo(alone);
    assertThat(Specs.copy(full.layers())).isEqualTo(full.layers());
    assertThat(Specs.copy(full.views().get(0))).isEqualTo(full.views().get(0));
  }

  @Test
  void keepTheirOwnCopies() {
    Map<String, Object> parameters = new LinkedHashMap<>(Map.of("depth", 10));
    List<String> types = new ArrayList<>(List.of("Linear"));
    NetworkSpec.BuiltIn network = new NetworkSpec.BuiltIn("n", "wide-resnet", parameters);
    LayersSpec layers =
        new LayersSpec(types, List.of(), List.of(), OptionalDouble.empty(), Features.FULL);

    parameters.clear();
    types.clear();

    assertThat(network.parameters()).containsEntry("depth", 10);
    assertThat(layers.types()).containsExactly("Linear");
    assertThatThrownBy(() -> network.parameters().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refuseWhatIsNoSpec() {
    assertThatThrownBy(() -> new ViewSpec("a/b"))
        .hasMessage("Invalid view id: a/b (must be %s)", Ids.RULE);
    assertThatThrownBy(() -> new ViewSpec("a", Optional.empty(), Optional.of("b"), false))
        .hasMessage("Invalid view a: craft-on or keep-inputs (must have an attack)");
    assertThatThrownBy(
            () ->
                new RepresentationSpec(
                    Optional.empty(), Optional.of("benign"), Optional.of("l"), DatasetPart.PIXELS))
        .hasMessage("Invalid names of PIXELS: one is absent (only a table has its own)");
    assertThatThrownBy(() -> new AttackSpec("a", Map.of("epsilon", List.of(1))))
        .hasMessage("Invalid epsilon: [1] (must be a number, a truth value or a word)");
    assertThatThrownBy(() -> new TransformSpec.Resize(0))
        .hasMessage("Invalid resize: 0 (must be between 1 and 16384)");
    assertThatThrownBy(
            () ->
                new LayersSpec(
                    List.of(), List.of(), List.of(), OptionalDouble.of(Double.NaN), Features.FULL))
        .hasMessage("Invalid fraction: NaN (must be above 0 and at most 1)");
    assertThatThrownBy(
            () ->
                new DatasetSpec(
                    DatasetFormat.IDX,
                    new DatasetSource.Arrays("x", Optional.empty()),
                    OptionalInt.empty(),
                    ExampleOrder.FILE,
                    List.of()))
        .hasMessage("Invalid labels: none (idx needs a file of labels)");
    assertThatThrownBy(
            () ->
                new DatasetSpec(
                    DatasetFormat.PARQUET,
                    new DatasetSource.Folder("x", Optional.empty()),
                    OptionalInt.empty(),
                    ExampleOrder.FILE,
                    List.of()))
        .hasMessage(
            "Invalid source: Folder[path=x, split=Optional.empty]"
                + " (must be of the kind that parquet is read from)");
    assertThatThrownBy(() -> new NetworkSpec.BuiltIn("n", "a", Map.of("depth", List.of(1))))
        .hasMessage("Invalid depth: [1] (must be a number, a truth value or a word)");
  }

  @Test
  void haveWordsForTheirModes() {
    assertThat(Comparison.WITHIN_CHECKPOINT.keyword()).isEqualTo("within-checkpoint");
    assertThat(Measure.CKA.keyword()).isEqualTo("cka");
  }
}
