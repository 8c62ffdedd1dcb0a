package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.SharedSpark;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Activations made elsewhere beside those of a network, and alone. */
final class RepresentationsIT {
  @TempDir static Path once;
  private static TinySweep whole;

  @TempDir Path folder;
  private RepresentationSweep sweep;

  @BeforeAll
  static void runOnce() throws IOException {
    SharedSpark.session();
    whole = RepresentationSweep.whole(once.resolve("sweep"));
  }

  @BeforeEach
  void begin() throws IOException {
    sweep = RepresentationSweep.in(folder.resolve("sweep"));
  }

  @Test
  void theActivationsOfAnotherRunAreThoseOfThisOne() throws Exception {
    sweep.add(
        "{checkpoint: again, view: before, file: %s/activations/checkpoint=exact/view=benign}",
        whole.run());

    // The rows that are wanted lie in other batches there, and in another order.
    RepresentationSweep.assertDone(
        sweep.command(
            "run",
            "--set",
            "compare=same-layer",
            "--set",
            "layers.features=pooled",
            "--set",
            "dataset.order=shuffled"));

    assertThat(sweep.number("count(*)", "a_checkpoint = 'exact' and b_checkpoint = 'again'"))
        .isEqualTo(TinySweep.LAYERS);
    // The Gram matrices are summed in another order.
    assertThat(sweep.number("min(value)", "a_checkpoint = 'exact' and b_checkpoint = 'again'"))
        .isEqualTo(1, within(1e-5));
    assertThat(
            RunContents.query(
                "select count(*) from read_parquet('%s/layers/**/*.parquet') a join read_parquet('%s/layers/**/*.parquet') b using (position, layer, features) where a.checkpoint = 'exact' and b.checkpoint = 'again'"
                    .formatted(sweep.run(), sweep.run())))
        .containsExactly(Integer.toString(TinySweep.LAYERS));
  }

  @Test
  void aTableOfActivationsNamesItsOwn() throws Exception {
    sweep.checkpoints("other");
    sweep.weights("other", "wide_resnet_10_1_state_dict.pth");
    sweep.add("{file: %s/activations, layer: fc}", whole.run());

    RepresentationSweep.assertDone(sweep.command("run", "--set", "layers.include=[fc]"));

    assertThat(sweep.number("value", "a_checkpoint = 'other' and b_checkpoint = 'exact'"))
        .isEqualTo(1, within(1e-6));
    assertThat(
            sweep.query(
                "select distinct b_checkpoint || b_view || b_layer || b_position from rows order by"
                    + " 1"))
        .containsExactly("exactbenignfc0", "halfbenignfc0", "otherbenignfc0");
  }

  @Test
  void theyAppearInEveryTableReportAndExport() throws Exception {
    sweep.npyOfFeatures("out.npy", TinySweep.IMAGES, 7, 1);
    sweep.add("{checkpoint: elsewhere, view: sketches, layer: out, file: %s}", "out.npy");
    sweep.add("{source: pixels}", "");
    sweep.add("{source: labels}", "");

    CommandResult layers = sweep.command("layers");
    assertThat(layers.out())
        .contains("elsewhere/sketches/out  Array", "dataset/benign/pixels   Pixels  3 x 32 x 32");
    CommandResult before = sweep.command("plan");
    assertThat(before.out())
        .contains("elsewhere", "dataset")
        .contains("extract: 0 of 6 units done", "28 representations");
    RepresentationSweep.assertDone(sweep.command("run"));
    assertThat(sweep.command("plan").out()).contains("6 of 6 units done", "1 of 1 parts done");

    int sites = TinySweep.LAYERS + 3;
    int pairs = sites * (sites + 1) / 2;
    assertThat(sweep.number("count(*)", "true")).isEqualTo(pairs);
    assertThat(sweep.number("count(*)", "status = 'ok'")).isEqualTo(pairs);
    assertThat(sweep.run().resolve("report/index.html"))
        .content()
        .contains("sketches", "pixels", "labels", "Representations of elsewhere");
    assertThat(sweep.run().resolve("report/similarities.csv"))
        .content()
        .contains("elsewhere,sketches,out,0", "dataset,benign,labels,1");
    assertThat(
            RunContents.query(
                "select checkpoint || ' ' || layer || ' ' || type || ' ' || features from read_parquet('%s/layers/**/*.parquet') where checkpoint <> 'exact' order by 1"
                    .formatted(sweep.run())))
        .containsExactly(
            "dataset labels Labels 10", "dataset pixels Pixels 3072", "elsewhere out Array 7");
    Path matrix = folder.resolve("cka.npy");
    CommandResult export =
        CommandResult.of(
            "export",
            sweep.run().toString(),
            "--table",
            "similarities",
            "--format",
            "npy",
            "--to",
            matrix.toString());
    assertThat(export.status()).as(export.error()).isZero();
    assertThat(NpyArray.read(matrix.toString(), FileAccess.local()).shape())
        .containsExactly(sites, sites);
    assertThat(sweep.command("run").out()).startsWith("Nothing to do");
  }

  @Test
  void aChangedFileIsReadAndComparedAgainAlone() throws Exception {
    sweep.npyOfFeatures("out.npy", TinySweep.IMAGES, 7, 1);
    sweep.add("{checkpoint: elsewhere, layer: out, file: %s}", "out.npy");
    RepresentationSweep.assertDone(sweep.command("run"));
    Map<String, String> before = sweep.units();
    String value =
        sweep
            .query("select max(value)::varchar from rows where b_layer = 'out' and a_layer = 'fc'")
            .get(0);

    sweep.npyOfFeatures("out.npy", TinySweep.IMAGES, 7, 2);
    RepresentationSweep.assertDone(sweep.command("run"));

    Map<String, String> after = sweep.units();
    assertThat(after).hasSameSizeAs(before);
    before.keySet().removeIf(path -> path.contains("checkpoint=elsewhere"));
    assertThat(after).containsAllEntriesOf(before);
    assertThat(
            sweep.query(
                "select max(value)::varchar from rows where b_layer = 'out' and a_layer = 'fc'"))
        .doesNotContain(value);
  }

  @Test
  void rowsInAnotherOrderAreTheSameOnceTheirExamplesAreNamed() throws Exception {
    float[] rows = RepresentationSweep.features(24, 5, 3);
    sweep.npy("in-order.npy", rows, 24, 5);
    float[] turned = new float[rows.length];
    long[] ids = new long[24];
    for (int i = 0; i < 24; i++) {
      ids[i] = (7L * i + 3) % 24;
      System.arraycopy(rows, 5 * (int) ids[i], turned, 5 * i, 5);
    }
    sweep.npy("turned.npy", turned, 24, 5);
    sweep.write("ids.npy", NpyArray.of(ids, 24));
    sweep.alone(
        """
          - {checkpoint: a, layer: l, file: in-order.npy}
          - {checkpoint: b, layer: l, file: turned.npy, example-ids: ids.npy}
          - {checkpoint: c, layer: l, file: turned.npy}
        """);

    RepresentationSweep.assertDone(sweep.command("run"));

    assertThat(sweep.number("value", "a_checkpoint = 'a' and b_checkpoint = 'b'"))
        .isEqualTo(1, within(1e-6));
    assertThat(sweep.number("value", "a_checkpoint = 'a' and b_checkpoint = 'c'")).isLessThan(0.9);
    assertThat(sweep.number("min(examples)", "true")).isEqualTo(24);
    assertThat(sweep.number("min(batches)", "true")).isEqualTo(3);
  }

  @Test
  void aMeasureThatNeedsActivationsSaysWhichSettingKeepsThem() throws Exception {
    sweep.npyOfFeatures("x.npy", 24, 4, 1);
    sweep.npyOfFeatures("y.npy", 24, 4, 2);
    sweep.alone(
        """
          - {checkpoint: a, layer: x, file: x.npy}
          - {checkpoint: a, layer: y, file: y.npy}
        similarities: [{metric: pwcca}]
        """);
    String warning =
        "pwcca needs activations, which are not kept of 2 of 2 layers: their status may be"
            + " activations-not-kept (activations: full keeps them)";

    assertThat(sweep.command("plan", "--set", "activations=none").out()).contains(warning);
    RepresentationSweep.assertDone(sweep.command("run", "--set", "activations=none"));
    assertThat(sweep.query("select distinct status from rows"))
        .containsExactly("activations-not-kept");

    assertThat(sweep.command("plan").out()).doesNotContain("pwcca needs");
    RepresentationSweep.assertDone(sweep.command("run"));
    assertThat(sweep.query("select distinct status from rows")).containsExactly("ok");
    assertThat(sweep.number("value", "a_layer = 'x' and b_layer = 'y'"))
        .isNotEqualTo(sweep.number("value", "a_layer = 'y' and b_layer = 'x'"));
  }

  @Test
  void aNetworksOwnActivationsServeToo() throws Exception {
    sweep.append("similarities: [{metric: pwcca}, {metric: cca}]\n");
    String[] all = {"--set", "dataset.examples=48", "--set", "batch=48"};

    RepresentationSweep.assertDone(
        sweep.command("run", with(all, "--set", "layers.include=[fc, bn1]")));
    assertThat(sweep.query("select metric || a_layer || b_layer || status from rows order by 1"))
        .containsExactly(
            "ccabn1bn1more-features-than-examples",
            "ccabn1fcmore-features-than-examples",
            "ccafcfcok",
            "pwccabn1bn1more-features-than-examples",
            "pwccabn1fcmore-features-than-examples",
            "pwccafcbn1more-features-than-examples",
            "pwccafcfcok");

    RepresentationSweep.assertDone(
        sweep.command(
            "run",
            with(all, "--set", "layers.include=[conv1, fc]", "--set", "layers.features=pooled")));
    assertThat(sweep.query("select distinct status from rows where b_layer = 'fc'"))
        .containsExactly("ok");
  }

  /** Their directions are too weak for float32, and no setting would make them count. */
  @Test
  void asManyFeaturesAsExamplesHaveNoCcaWhateverIsKept() throws Exception {
    float[] decaying = RepresentationSweep.features(24, 8, 1);
    for (int i = 0; i < decaying.length; i++) {
      decaying[i] *= (float) Math.pow(10, -0.6 * (i % 8));
    }
    sweep.npy("wide.npy", decaying, 24, 8);
    sweep.npyOfFeatures("narrow.npy", 24, 2, 2);
    sweep.alone(
        """
          - {checkpoint: a, layer: wide, file: wide.npy}
          - {checkpoint: a, layer: narrow, file: narrow.npy}
        activations: full
        similarities: [{metric: cca}, {metric: pwcca}]
        """);
    RepresentationSweep.assertDone(sweep.command("run"));
    assertThat(sweep.query("select distinct a_layer || b_layer || status from rows order by 1"))
        .containsExactly(
            "narrownarrowok",
            "narrowwidemore-features-than-examples",
            "widenarrowmore-features-than-examples",
            "widewidemore-features-than-examples");
  }

  @Test
  void theActivationsTableHasTheFeaturesThatWereRead() throws Exception {
    sweep.npyOfFeatures("x.npy", 24, 4, 1);
    sweep.alone("  - {checkpoint: a, layer: x, file: x.npy}\n");

    RepresentationSweep.assertDone(sweep.command("run"));

    assertThat(RunContents.rows(sweep.run(), Table.ACTIVATIONS)).hasSize(24);
    assertThat(
            RunContents.query(
                "select features[2]::varchar from read_parquet('%s/activations/**/*.parquet') where example_id = 17"
                    .formatted(sweep.run())))
        .containsExactly(Float.toString(RepresentationSweep.features(24, 4, 1)[4 * 17 + 1]));
    assertThat(sweep.run().resolve("predictions")).doesNotExist();
  }

  private static String[] with(String[] some, String... more) {
    return Stream.of(some, more).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
