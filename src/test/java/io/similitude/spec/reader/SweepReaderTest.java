package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.Activations;
import io.similitude.spec.AttackSpec;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.Comparison;
import io.similitude.spec.DatasetFormat;
import io.similitude.spec.DatasetPart;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.ExampleOrder;
import io.similitude.spec.Features;
import io.similitude.spec.FindingsSpec;
import io.similitude.spec.LayersSpec;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.ReportSpec;
import io.similitude.spec.RepresentationSource;
import io.similitude.spec.RepresentationSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.TransformSpec.CenterCrop;
import io.similitude.spec.TransformSpec.Channels;
import io.similitude.spec.TransformSpec.Pad;
import io.similitude.spec.TransformSpec.Resize;
import io.similitude.spec.ViewSpec;
import io.similitude.spec.WeightChoice;
import io.similitude.spec.measure.MeasureSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What good specs mean. */
final class SweepReaderTest {
  @Test
  void fillsInTheDefaultsOfTheContract() {
    SweepSpec spec = Specs.read(Specs.MINIMAL);

    assertThat(spec.sweep()).isEqualTo("small");
    assertThat(spec.output()).isEqualTo(Path.of("runs").toAbsolutePath().toString());
    assertThat(spec.seed()).isZero();
    assertThat(spec.microBatch()).isEmpty();
    assertThat(spec.dataset().orElseThrow().examples()).isEmpty();
    assertThat(spec.dataset().orElseThrow().order()).isEqualTo(ExampleOrder.FILE);
    assertThat(spec.dataset().orElseThrow().transforms()).isEmpty();
    assertThat(spec.checkpoints().get(0).tags()).isEmpty();
    assertThat(spec.views()).containsExactly(new ViewSpec("benign"));
    assertThat(spec.layers()).isEqualTo(LayersSpec.DEFAULT);
    assertThat(spec.layers().types()).isEmpty();
    assertThat(LayersSpec.DEFAULT_TYPES)
        .containsExactly(
            "Conv2d", "BatchNorm2d", "ReLU", "AvgPool2d", "AdaptiveAvgPool2d", "Linear");
    assertThat(spec.activations()).isEqualTo(Activations.POOLED);
    assertThat(spec.similarities()).containsExactly(MeasureSpec.CKA);
    assertThat(spec.compare()).isEqualTo(Comparison.ALL);
  }

  @Test
  void readsEveryKey() {
    SweepSpec spec =
        Specs.read(
            """
            sweep: all.keys_1
            output: out
            seed: -9223372036854775808
            dataset:
              format: npy
              images: images.npy
              labels: sub/../labels.npy
              examples: 1000
              order: shuffled
              transform: [{resize: 256}, {center-crop: 224}, {pad: 2}, {channels: 3}]
            batch: 250
            micro-batch: 125
            unit-timeout: 900
            networks:
              wide: {architecture: wide-resnet, width: 1, depth: 16, classes: 10}
            checkpoints:
              - {id: 007, network: wide, weights: /data/a.pth, key: model.ema,
                 tags: {epsilon: 8/255, epoch: 12}}
              - {id: b, network: wide, weights: "s3a://bucket/b.pth"}
            representations:
              - {checkpoint: other, layer: out, file: out.npy, example-ids: ids.npy}
              - {source: pixels}
              - {file: runs/a/activations, layer: fc}
            views: [{id: benign}, {id: again}]
            layers:
              types: [Conv2d]
              include: ["block3.*"]
              exclude: ["*.bn1"]
              fraction: 1/4
              features: pooled
            activations: none
            similarities: [{metric: cka, kernel: linear, estimator: minibatch, bias: unbiased}]
            compare: within-checkpoint
            """);

    assertThat(spec)
        .isEqualTo(
            new SweepSpec(
                "all.keys_1",
                "/specs/out",
                Long.MIN_VALUE,
                Map.of(
                    SweepSpec.ONLY_DATASET,
                    new DatasetSpec(
                        DatasetFormat.NPY,
                        new DatasetSource.Arrays(
                            "/specs/images.npy", Optional.of("/specs/labels.npy")),
                        OptionalInt.of(1000),
                        ExampleOrder.SHUFFLED,
                        List.of(
                            new Resize(256), new CenterCrop(224), new Pad(2), new Channels(3)))),
                250,
                OptionalInt.of(125),
                OptionalInt.of(900),
                Map.of(
                    "wide",
                    new NetworkSpec.BuiltIn(
                        "wide", "wide-resnet", Map.of("depth", 16, "width", 1, "classes", 10))),
                Map.of(),
                List.of(
                    new CheckpointSpec(
                        "007",
                        Optional.of("wide"),
                        "/data/a.pth",
                        WeightChoice.ofKey("model.ema"),
                        Map.of("epsilon", "8/255", "epoch", "12")),
                    new CheckpointSpec(
                        "b",
                        Optional.of("wide"),
                        "s3a://bucket/b.pth",
                        WeightChoice.NONE,
                        Map.of())),
                List.of(
                    RepresentationSpec.of(
                        "other",
                        "benign",
                        "out",
                        new RepresentationSource.Npy(
                            "/specs/out.npy", Optional.of("/specs/ids.npy"))),
                    RepresentationSpec.of("dataset", "benign", "pixels", DatasetPart.PIXELS),
                    new RepresentationSpec(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("fc"),
                        new RepresentationSource.Activations("/specs/runs/a/activations"))),
                List.of(new ViewSpec("benign"), new ViewSpec("again")),
                new LayersSpec(
                    List.of("Conv2d"),
                    List.of("block3.*"),
                    List.of("*.bn1"),
                    OptionalDouble.of(0.25),
                    Features.POOLED),
                Activations.NONE,
                List.of(MeasureSpec.CKA),
                Comparison.WITHIN_CHECKPOINT,
                FindingsSpec.ALL,
                ReportSpec.DEFAULT));
  }

  @Test
  void keepsArchitectureParametersAsWhatTheyLookLike() {
    String yaml =
        Specs.MINIMAL.replace(
            "depth: 10", "depth: 10, width: 1/2, classes: '10', dropout: true, norm: batch");

    Map<String, Object> parameters = Specs.parameters(Specs.read(yaml).networks().get("net"));

    assertThat(parameters)
        .containsOnly(
            Map.entry("depth", 10),
            Map.entry("width", 0.5),
            Map.entry("classes", "10"),
            Map.entry("dropout", true),
            Map.entry("norm", "batch"));
  }

  @Test
  void readsAnIndexedDataSetWithoutLabelsOnlyAsArrays() {
    SweepSpec spec =
        Specs.read(
            Specs.MINIMAL.replace("format: idx", "format: npy").replace(", labels: y.gz", ""));

    assertThat(((DatasetSource.Arrays) spec.dataset().orElseThrow().source()).labels()).isEmpty();
  }

  @Test
  void readsTheSourceThatTheFormatNeeds() {
    assertThat(source("{format: cifar10, path: cifar}"))
        .isEqualTo(new DatasetSource.Folder("/specs/cifar", Optional.of("test")));
    assertThat(source("{format: cifar100, path: 's3a://b/c', split: train}"))
        .isEqualTo(new DatasetSource.Folder("s3a://b/c", Optional.of("train")));
    assertThat(source("{format: image-folder, path: woof}"))
        .isEqualTo(new DatasetSource.Folder("/specs/woof", Optional.empty()));
    assertThat(source("{format: image-folder, path: woof, split: val}"))
        .isEqualTo(new DatasetSource.Folder("/specs/woof", Optional.of("val")));
    assertThat(source("{format: parquet, path: data}"))
        .isEqualTo(
            new DatasetSource.Columns("/specs/data", Optional.empty(), "image", Optional.empty()));
    assertThat(
            source(
                "{format: parquet, path: a, split: test, image-column: img, label-column: fine}"))
        .isEqualTo(
            new DatasetSource.Columns("/specs/a", Optional.of("test"), "img", Optional.of("fine")));
  }

  private static DatasetSource source(String dataset) {
    return Specs.read(Specs.ofDataset(dataset)).dataset().orElseThrow().source();
  }

  @Test
  void takesAKeyWithoutAValueAsAbsent() {
    SweepSpec spec = Specs.read(Specs.MINIMAL + "layers:\n  # types: [Conv2d]\nseed: ~\n");

    assertThat(spec.layers()).isEqualTo(LayersSpec.DEFAULT);
    assertThat(spec.seed()).isZero();
  }

  @Test
  void readsAttacks() {
    SweepSpec spec =
        Specs.read(
            Specs.MINIMAL
                + """
                views:
                  - {id: benign}
                  - id: linf
                    attack: pgd-linf
                    epsilon: 8/255
                    step-size: 0.01
                    steps: 10
                    random-start: false
                    craft-on: one
                    keep-inputs: true
                  - {id: noise, attack: uniform-noise, epsilon: 1}
                """);

    Map<String, Object> parameters =
        Map.of("epsilon", 8.0 / 255, "step-size", 0.01, "steps", 10, "random-start", false);
    assertThat(spec.views())
        .containsExactly(
            new ViewSpec("benign"),
            new ViewSpec(
                "linf",
                Optional.of(new AttackSpec("pgd-linf", parameters)),
                Optional.of("one"),
                true),
            new ViewSpec(
                "noise",
                Optional.of(new AttackSpec("uniform-noise", Map.of("epsilon", 1))),
                Optional.empty(),
                false));
  }

  @Test
  void sharesAnAliasedValue() {
    SweepSpec spec =
        Specs.read(
            """
            sweep: aliases
            dataset: {format: idx, images: x, labels: y}
            batch: 4
            networks:
              a: &net {architecture: wide-resnet, depth: 10}
              b: *net
            checkpoints: [{id: one, network: b, weights: w}]
            """,
            "networks.a.depth=16");

    assertThat(Specs.parameters(spec.networks().get("a"))).containsEntry("depth", 16);
    assertThat(Specs.parameters(spec.networkOf(spec.checkpoints().get(0))))
        .containsEntry("depth", 10);
  }

  @Test
  void findsPathsBesideASpecOnAnotherFileSystem() {
    SweepReader reader = new SweepReader(Specs.ARCHITECTURES, Specs.ATTACKS, Specs::glob);

    SweepSpec spec =
        reader.read("s3a://bucket/jobs/sweep.yaml", Specs.MINIMAL, List.of("output=../runs"));

    assertThat(((DatasetSource.Arrays) spec.dataset().orElseThrow().source()).images())
        .isEqualTo("s3a://bucket/jobs/x.gz");
    assertThat(spec.output()).isEqualTo("s3a://bucket/runs");
  }
}
