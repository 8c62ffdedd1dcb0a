package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Representations that cannot be compared: named, and the others are done. */
final class BadRepresentationsIT {
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
  void badOnesCostTheirOwnAndNothingElse() throws Exception {
    sweep.npyOfFeatures("good.npy", TinySweep.IMAGES, 4, 1);
    sweep.npyOfFeatures("few.npy", TinySweep.IMAGES - 1, 4, 1);
    float[] broken = RepresentationSweep.features(TinySweep.IMAGES, 4, 1);
    broken[4 * 11 + 2] = Float.NaN;
    sweep.npy("nan.npy", broken, TinySweep.IMAGES, 4);
    broken[4 * 11 + 2] = Float.NEGATIVE_INFINITY;
    sweep.npy("infinite.npy", broken, TinySweep.IMAGES, 4);
    sweep.npy("huge.npy", new float[] {1e30f, -1e30f}, 2);
    sweep.npy("constant.npy", new float[TinySweep.IMAGES * 4], TinySweep.IMAGES, 4);
    sweep.add("{checkpoint: good, layer: out, file: %s}", "good.npy");
    for (String bad : List.of("few", "nan", "infinite", "constant", "missing")) {
      sweep.add("{checkpoint: %s, layer: out, file: %s.npy}".formatted(bad, bad), "");
    }
    sweep.add("{checkpoint: two, view: a, layer: out, file: good.npy}", "");
    sweep.add("{checkpoint: two, view: b, layer: in, file: good.npy}", "");

    CommandResult result = sweep.command("run");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(result.error()).doesNotContain("\tat ");
    Map<String, String> causes = new TreeMap<>();
    for (String row :
        RunContents.query(
            "select checkpoint || '=>' || coalesce(batch::varchar, '-') || ' ' || cause from read_parquet('%s/failures/*.parquet')"
                .formatted(sweep.run()))) {
      causes.put(row.split("=>", 2)[0], row.split("=>", 2)[1]);
    }
    assertThat(causes.keySet()).containsExactly("few", "infinite", "missing", "nan", "two");
    assertThat(causes.get("few"))
        .isEqualTo(
            "- Cannot align representation few/benign/out from %s: it has 49 rows, and the data set has 50 examples (must be a row for each, or each of the first 16, in the data set's order; example-ids says which rows are which)"
                .formatted(sweep.path("few.npy")));
    assertThat(causes.get("nan"))
        .isEqualTo(
            "1 Cannot compare nan/benign/out: in batch 1, example 11 has the value NaN at feature 2"
                + " (must be finite, and of float32's range)");
    assertThat(causes.get("infinite")).contains("example 11 has the value -Infinity at feature 2");
    assertThat(causes.get("missing")).contains("missing.npy: no such file (");
    assertThat(causes.get("two"))
        .isEqualTo(
            "- Cannot compare representations of two: view a has the layers out [4], and view b has"
                + " in [4] (give every view the same, in one order, or another checkpoint: ID)");
    int sites = TinySweep.LAYERS + 2;
    int pairs = sites * (sites + 1) / 2;
    assertThat(sweep.number("count(*)", "true")).isEqualTo(pairs);
    assertThat(sweep.query("select distinct status from rows where b_checkpoint = 'constant'"))
        .containsExactly("constant-layer");
    assertThat(sweep.number("count(*)", "b_checkpoint = 'good' and status = 'ok'"))
        .isEqualTo(TinySweep.LAYERS + 1);
  }

  @Test
  void whatEverythingNeedsIsRefusedAtOnce() throws Exception {
    sweep.npyOfFeatures("three.npy", 3, 4, 1);
    sweep.alone("  - {checkpoint: a, layer: x, file: three.npy}\n");
    assertThat(sweep.command("run", "--set", "batch=4").lastLine())
        .isEqualTo(
            "ERROR Cannot fill a batch of 4: there are 3 examples (lower batch or use more"
                + " examples)");

    sweep.alone("  - {checkpoint: a, layer: x, file: missing.npy}\n");
    CommandResult missing = sweep.command("run");
    assertThat(missing.status()).isEqualTo(ExitStatus.INVALID_INPUT.code());
    assertThat(missing.lastLine()).contains("missing.npy: no such file (");
    assertThat(sweep.run()).doesNotExist();
  }

  @Test
  void whatHoldsNoActivationsIsNamed() throws Exception {
    sweep.npyOfFeatures("x.npy", 24, 4, 1);
    sweep.alone(
        """
          - {checkpoint: good, layer: x, file: x.npy}
          - {checkpoint: predictions, file: %s/predictions/checkpoint=exact/view=benign}
          - {checkpoint: fcc, file: %s/activations/checkpoint=exact/view=benign, layer: fcc}
          - {file: %s/activations/checkpoint=exact}
          - {checkpoint: text, file: sweep.yaml}
          - {checkpoint: fewer, file: %s/activations/checkpoint=exact/view=benign, layer: fc}
        """
            .replace("%s", whole.run().toString()));

    CommandResult result = sweep.command("run");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    String causes =
        String.join(
            "\n",
            RunContents.query(
                "select cause from read_parquet('%s/failures/*.parquet')".formatted(sweep.run())));
    assertThat(causes)
        .contains("it has no column layer of text (its columns: ")
        .contains("Cannot find layer fcc in ")
        .contains("did you mean fc?")
        .contains("(add checkpoint: ID)")
        .contains("sweep.yaml: as a Parquet file it is broken")
        .contains("it has 48 rows, and good/benign/x, the first, has 24");
  }
}
