package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.SweepSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

final class SweepWriterTest {
  @Test
  void fillsInDefaultsAndLeavesOutWhatIsAbsent() {
    Map<String, Object> tree = SweepWriter.tree(Specs.read(Specs.MINIMAL, "output=/runs"));

    assertThat(tree.keySet())
        .containsExactly(
            "sweep",
            "output",
            "seed",
            "dataset",
            "batch",
            "networks",
            "checkpoints",
            "views",
            "layers",
            "activations",
            "similarities",
            "compare",
            "findings");
    assertThat(tree)
        .containsEntry(
            "dataset",
            Map.of(
                "format", "idx",
                "images", "/specs/x.gz",
                "labels", "/specs/y.gz",
                "order", "file",
                "transform", List.of()))
        .containsEntry(
            "similarities",
            List.of(
                Map.of(
                    "metric", "cka",
                    "kernel", "linear",
                    "estimator", "minibatch",
                    "bias", "unbiased")))
        .containsEntry("views", List.of(Map.of("id", "benign")));
  }

  @Test
  void writesSettingsAsTheyAreRead() {
    String yaml =
        Specs.MINIMAL
            + """
            similarities:
              - {metric: cka, kernel: polynomial, degree: 2}
              - {metric: svcca, rank: 5}
              - {metric: rsa, correlation: pearson}
            """;

    assertThat(SweepWriter.tree(Specs.read(yaml)))
        .containsEntry(
            "similarities",
            List.of(
                Map.of(
                    "metric", "cka",
                    "kernel", "polynomial",
                    "degree", 2,
                    "offset", 1.0,
                    "estimator", "minibatch",
                    "bias", "unbiased"),
                Map.of("metric", "svcca", "estimator", "minibatch", "rank", 5),
                Map.of(
                    "metric", "rsa",
                    "estimator", "minibatch",
                    "dissimilarity", "euclidean",
                    "correlation", "pearson")));
  }

  @Test
  void givesBackWhatIsReadAsTheSameSpec() {
    SweepSpec spec =
        Specs.read(
            Specs.MINIMAL,
            "micro-batch=2",
            "unit-timeout=3",
            "dataset.examples=100",
            "dataset.transform=[{pad: 2}, {channels: 3}, {resize: 40}, {center-crop: 32}]",
            "layers={include: [a, 'b.*'], exclude: [c], fraction: 1/3, features: pooled}",
            "checkpoints.0.tags={epoch: 3, epsilon: 8/255}",
            "checkpoints.0.key=ema",
            "views=[{id: a, attack: pgd-linf, epsilon: 8/255, steps: 3, random-start: false,"
                + " craft-on: one}, {id: b, attack: uniform-noise, keep-inputs: true}, {id: c}]",
            "compare=same-layer");

    String yaml = new Dump(DumpSettings.builder().build()).dumpToString(SweepWriter.tree(spec));

    assertThat(Specs.read(yaml)).isEqualTo(spec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{format: cifar100, path: /c, split: train}",
        "{format: image-folder, path: /i, split: val}",
        "{format: image-folder, path: /i}",
        "{format: parquet, path: /p, split: test, image-column: img, label-column: fine_label}",
        "{format: parquet, path: /p}"
      })
  void givesBackEveryKindOfDataset(String dataset) {
    SweepSpec spec = Specs.read(Specs.ofDataset(dataset));

    String yaml = new Dump(DumpSettings.builder().build()).dumpToString(SweepWriter.tree(spec));

    assertThat(Specs.read(yaml)).isEqualTo(spec);
  }

  @Test
  void givesBackExports() {
    SweepSpec spec =
        Specs.read(
            Specs.MINIMAL + "  - {id: traced, torchscript: model.pt, tags: {a: b}}",
            "networks.net={torchscript: t.pt}");

    String yaml = new Dump(DumpSettings.builder().build()).dumpToString(SweepWriter.tree(spec));

    assertThat(Specs.read(yaml)).isEqualTo(spec);
  }

  @Test
  void givesBackRepresentations() {
    SweepSpec beside =
        Specs.read(
            Specs.MINIMAL
                + """
                representations:
                  - {checkpoint: other, view: v, layer: out, file: out.npy, example-ids: ids.npy}
                  - {checkpoint: other, view: v, layer: in, file: in.npy}
                  - {source: pixels, checkpoint: images}
                  - {file: runs/a/activations, layer: fc}
                similarities: [{metric: cka, given: [pixels, labels, one/benign/fc]}]
                """);
    SweepSpec alone =
        Specs.read(
            """
            sweep: alone
            batch: 8
            representations: [{checkpoint: a, layer: l, file: x.npy}]
            """);

    for (SweepSpec spec : List.of(beside, alone)) {
      String yaml = new Dump(DumpSettings.builder().build()).dumpToString(SweepWriter.tree(spec));
      assertThat(Specs.read(yaml)).isEqualTo(spec);
    }
    assertThat(beside.representations()).hasSize(5);
  }

  @Test
  void leavesOutPasswords() {
    SweepSpec spec =
        Specs.read(
            Specs.MINIMAL,
            "output=s3a://me:secret@bucket/runs",
            "dataset.images=s3a://me:secret@bucket/x",
            "dataset.labels=s3a://me:secret@bucket/y",
            "checkpoints.0.weights=s3a://me:secret@bucket/w");

    assertThat(SweepWriter.tree(spec).toString())
        .contains("s3a://bucket/runs", "s3a://bucket/x", "s3a://bucket/y", "s3a://bucket/w")
        .doesNotContain("secret");
  }
}
