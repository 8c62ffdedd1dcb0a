package io.similitude.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.SharedSpark;
import io.similitude.dataset.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.store.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Activations made elsewhere beside those of a network, and alone. */
final class RepresentationsIT {
  private static final int IMAGES = 50;
  private static final String GIVEN = "given=";

  @TempDir static Path once;
  private static TinySweep whole;

  @TempDir Path folder;
  private TinySweep sweep;

  /** A run whose activations are there to be read. */
  @BeforeAll
  static void runOnce() throws IOException {
    SharedSpark.session();
    whole = TinySweep.in(once.resolve("sweep"));
    assertDone(
        whole.command(
            "run", "--set", "layers.features=pooled", "--set", "dataset.examples=" + IMAGES));
  }

  @BeforeEach
  void begin() throws IOException {
    sweep = TinySweep.in(folder.resolve("sweep"));
    sweep.checkpoints("exact");
  }

  @Test
  void theActivationsOfAnotherRunAreThoseOfThisOne() throws Exception {
    add(
        "{checkpoint: again, view: before, file: %s/activations/checkpoint=exact/view=benign}",
        whole.run());

    // The rows that are wanted lie in other batches there, and in another order.
    assertDone(
        sweep.command(
            "run",
            "--set",
            "compare=same-layer",
            "--set",
            "layers.features=pooled",
            "--set",
            "dataset.order=shuffled"));

    assertThat(number("count(*)", "a_checkpoint = 'exact' and b_checkpoint = 'again'"))
        .isEqualTo(TinySweep.LAYERS);
    // The Gram matrices are summed in another order.
    assertThat(number("min(value)", "a_checkpoint = 'exact' and b_checkpoint = 'again'"))
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
    add("{file: %s/activations, layer: fc}", whole.run());

    assertDone(sweep.command("run", "--set", "layers.include=[fc]"));

    assertThat(number("value", "a_checkpoint = 'other' and b_checkpoint = 'exact'"))
        .isEqualTo(1, within(1e-6));
    assertThat(
            query(
                "select distinct b_checkpoint || b_view || b_layer || b_position from rows order by 1"))
        .containsExactly("exactbenignfc0", "halfbenignfc0", "otherbenignfc0");
  }

  @Test
  void theyAppearInEveryTableReportAndExport() throws Exception {
    npy("out.npy", features(IMAGES, 7, 1), IMAGES, 7);
    add("{checkpoint: elsewhere, view: sketches, layer: out, file: %s}", "out.npy");
    add("{source: pixels}", "");
    add("{source: labels}", "");

    CommandResult layers = sweep.command("layers");
    assertThat(layers.out())
        .contains("elsewhere/sketches/out  Array", "dataset/benign/pixels   Pixels  3 x 32 x 32");
    CommandResult before = sweep.command("plan");
    assertThat(before.out())
        .contains("elsewhere", "dataset")
        .contains("extract: 0 of 6 units done", "28 representations");
    assertDone(sweep.command("run"));
    assertThat(sweep.command("plan").out()).contains("6 of 6 units done", "1 of 1 parts done");

    int sites = TinySweep.LAYERS + 3;
    assertThat(number("count(*)", "true")).isEqualTo(sites * (sites + 1) / 2);
    assertThat(number("count(*)", "status = 'ok'")).isEqualTo(sites * (sites + 1) / 2);
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
    npy("out.npy", features(IMAGES, 7, 1), IMAGES, 7);
    add("{checkpoint: elsewhere, layer: out, file: %s}", "out.npy");
    assertDone(sweep.command("run"));
    Map<String, String> before = units();
    String value =
        query("select max(value)::varchar from rows where b_layer = 'out' and a_layer = 'fc'")
            .get(0);

    npy("out.npy", features(IMAGES, 7, 2), IMAGES, 7);
    assertDone(sweep.command("run"));

    Map<String, String> after = units();
    assertThat(after).hasSameSizeAs(before);
    before.keySet().removeIf(path -> path.contains("checkpoint=elsewhere"));
    assertThat(after).containsAllEntriesOf(before);
    assertThat(
            query("select max(value)::varchar from rows where b_layer = 'out' and a_layer = 'fc'"))
        .doesNotContain(value);
  }

  @Test
  void rowsInAnotherOrderAreTheSameOnceTheirExamplesAreNamed() throws Exception {
    float[] rows = features(24, 5, 3);
    npy("in-order.npy", rows, 24, 5);
    float[] turned = new float[rows.length];
    long[] ids = new long[24];
    for (int i = 0; i < 24; i++) {
      ids[i] = (i * 7 + 3) % 24;
      System.arraycopy(rows, 5 * (int) ids[i], turned, 5 * i, 5);
    }
    npy("turned.npy", turned, 24, 5);
    write("ids.npy", NpyArray.of(ids, 24));
    alone(
        """
          - {checkpoint: a, layer: l, file: in-order.npy}
          - {checkpoint: b, layer: l, file: turned.npy, example-ids: ids.npy}
          - {checkpoint: c, layer: l, file: turned.npy}
        """);

    assertDone(sweep.command("run"));

    assertThat(number("value", "a_checkpoint = 'a' and b_checkpoint = 'b'"))
        .isEqualTo(1, within(1e-6));
    assertThat(number("value", "a_checkpoint = 'a' and b_checkpoint = 'c'")).isLessThan(0.9);
    assertThat(number("min(examples)", "true")).isEqualTo(24);
    assertThat(number("min(batches)", "true")).isEqualTo(3);
  }

  @Test
  void givenOneIsThePartialCorrelationOfTheOthers() throws Exception {
    npy("x.npy", features(24, 5, 1), 24, 5);
    npy("y.npy", features(24, 9, 1), 24, 9);
    npy("g.npy", features(24, 4, 1), 24, 4);
    alone(
        """
          - {checkpoint: a, layer: x, file: x.npy}
          - {checkpoint: a, layer: y, file: y.npy}
          - {checkpoint: a, layer: g, file: g.npy}
        similarities:
          - {metric: cka}
          - {metric: cka, given: a/benign/g}
          - {metric: cka, bias: biased, kernel: rbf}
          - {metric: cka, bias: biased, kernel: rbf, given: [a/benign/g]}
        """);

    assertDone(sweep.command("run"));

    for (String kernel : List.of("linear", "rbf")) {
      double xy = plain(kernel, "x", "y");
      double xg = plain(kernel, "x", "g");
      double yg = plain(kernel, "y", "g");
      double expected = (xy - xg * yg) / Math.sqrt((1 - xg * xg) * (1 - yg * yg));
      String partial = "kernel = '%s' and parameters like '%%%s%%' and ".formatted(kernel, GIVEN);
      // The engine's products are float32.
      assertThat(number("value", partial + "a_layer = 'x' and b_layer = 'y'"))
          .isEqualTo(expected, within(1e-5));
      assertThat(number("standard_error", partial + "a_layer = 'x' and b_layer = 'y'"))
          .isPositive();
      assertThat(number("value", partial + "a_layer = 'y' and b_layer = 'y'")).isEqualTo(1);
      assertThat(query("select distinct status from rows where " + partial + "b_layer = 'g'"))
          .containsExactly("explained-by-given");
    }
    assertThat(
            query("select distinct parameters from rows where parameters is not null order by 1"))
        .containsExactly("bandwidth=1.0", "bandwidth=1.0, given=a/benign/g", "given=a/benign/g");
    assertThat(sweep.run().resolve("report/index.html"))
        .content()
        .contains("CKA (linear, minibatch, unbiased, given=a/benign/g)");
  }

  @Test
  void pixelsAndLabelsCanBeGivenWithoutBeingListed() throws Exception {
    sweep.checkpoints("exact", "half");
    append("similarities: [{metric: cka, given: [pixels, labels]}, {metric: cka}]\n");

    assertDone(sweep.command("run", "--set", "compare=same-layer"));

    String partial = "parameters = 'given=pixels + labels' and ";
    String pair = "a_checkpoint = 'exact' and b_checkpoint = 'half' and ";
    assertThat(number("count(*)", partial + pair + "status = 'ok'")).isEqualTo(TinySweep.LAYERS);
    // Half precision hardly changes a layer, with or without what the pixels explain.
    assertThat(number("min(value)", partial + pair + "true")).isGreaterThan(0.99).isLessThan(1.001);
    assertThat(number("count(*)", "a_checkpoint = 'dataset' and parameters is null")).isEqualTo(2);
  }

  @Test
  void givenStandsInOtherPartsToo() throws Exception {
    sweep.checkpoints("exact", "half");
    append("similarities: [{metric: cka, given: exact/benign/conv1}]\n");
    assertDone(sweep.command("run"));

    assertThat(
            query(
                "select distinct status from rows where a_layer = 'conv1' and a_checkpoint = 'exact'"))
        .containsExactly("explained-by-given");
    assertThat(number("count(*)", "status = 'ok' and a_checkpoint = 'half'")).isPositive();
  }

  @Test
  void whatIsGivenMustBeThere() throws IOException {
    append("similarities: [{metric: cka, given: exact/benign/conv}]\n");
    CommandResult layer = sweep.command("run");
    assertThat(layer.status()).isEqualTo(ExitStatus.INVALID_INPUT.code());
    assertThat(layer.lastLine())
        .startsWith(
            "ERROR Cannot compare given exact/benign/conv: there is no layer conv (did you mean conv1? known: conv1, ");

    assertThat(sweep.command("run", "--set", "similarities.0.given=exact/linf/conv1").lastLine())
        .isEqualTo(
            "ERROR Cannot compare given exact/linf/conv1: there is no view linf (known: benign)");
    assertThat(sweep.command("run", "--set", "similarities.0.given=exakt/benign/conv1").lastLine())
        .isEqualTo(
            "ERROR Cannot compare given exakt/benign/conv1: there is no checkpoint exakt (did you mean exact? known: exact)");
    assertThat(sweep.run()).doesNotExist();
  }

  @Test
  void badOnesCostTheirOwnAndNothingElse() throws Exception {
    npy("good.npy", features(IMAGES, 4, 1), IMAGES, 4);
    npy("few.npy", features(IMAGES - 1, 4, 1), IMAGES - 1, 4);
    float[] broken = features(IMAGES, 4, 1);
    broken[4 * 11 + 2] = Float.NaN;
    npy("nan.npy", broken, IMAGES, 4);
    broken[4 * 11 + 2] = Float.NEGATIVE_INFINITY;
    npy("infinite.npy", broken, IMAGES, 4);
    npy("huge.npy", new float[] {1e30f, -1e30f}, 2);
    npy("constant.npy", new float[IMAGES * 4], IMAGES, 4);
    add("{checkpoint: good, layer: out, file: %s}", "good.npy");
    for (String bad : List.of("few", "nan", "infinite", "constant", "missing")) {
      add("{checkpoint: %s, layer: out, file: %s.npy}".formatted(bad, bad), "");
    }
    add("{checkpoint: two, view: a, layer: out, file: good.npy}", "");
    add("{checkpoint: two, view: b, layer: in, file: good.npy}", "");

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
            "1 Cannot compare nan/benign/out: in batch 1, example 11 has the value NaN at feature 2 (must be finite, and of float32's range)");
    assertThat(causes.get("infinite")).contains("example 11 has the value -Infinity at feature 2");
    assertThat(causes.get("missing")).contains("missing.npy: no such file (");
    assertThat(causes.get("two"))
        .isEqualTo(
            "- Cannot compare representations of two: view a has the layers out [4], and view b has in [4] (give every view the same, in one order, or another checkpoint: ID)");
    int sites = TinySweep.LAYERS + 2;
    assertThat(number("count(*)", "true")).isEqualTo(sites * (sites + 1) / 2);
    assertThat(query("select distinct status from rows where b_checkpoint = 'constant'"))
        .containsExactly("constant-layer");
    assertThat(number("count(*)", "b_checkpoint = 'good' and status = 'ok'"))
        .isEqualTo(TinySweep.LAYERS + 1);
  }

  @Test
  void aMeasureOfWhatFailedIsNotMadeAndTheOthersAre() throws Exception {
    npy("few.npy", features(3, 4, 1), 3, 4);
    add("{checkpoint: few, layer: out, file: few.npy}", "");
    append("similarities: [{metric: cka}, {metric: cka, given: few/benign/out}]\n");

    CommandResult result = sweep.command("run");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(query("select distinct coalesce(parameters, '') from rows")).containsExactly("");
    assertThat(
            RunContents.query(
                "select cause from read_parquet('%s/failures/*.parquet') where stage = 'compare'"
                    .formatted(sweep.run())))
        .containsExactly(
            "Cannot compare given few/benign/out: its Gram matrices are not all there (it is not extracted yet, or has failed itself)");
  }

  @Test
  void whatEverythingNeedsIsRefusedAtOnce() throws Exception {
    npy("three.npy", features(3, 4, 1), 3, 4);
    alone("  - {checkpoint: a, layer: x, file: three.npy}\n");
    assertThat(sweep.command("run", "--set", "batch=4").lastLine())
        .isEqualTo(
            "ERROR Cannot fill a batch of 4: there are 3 examples (lower batch or use more examples)");

    alone("  - {checkpoint: a, layer: x, file: missing.npy}\n");
    CommandResult missing = sweep.command("run");
    assertThat(missing.status()).isEqualTo(ExitStatus.INVALID_INPUT.code());
    assertThat(missing.lastLine()).contains("missing.npy: no such file (");
    assertThat(sweep.run()).doesNotExist();
  }

  @Test
  void whatHoldsNoActivationsIsNamed() throws Exception {
    npy("x.npy", features(24, 4, 1), 24, 4);
    alone(
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

  @Test
  void aMeasureThatNeedsActivationsSaysWhichSettingKeepsThem() throws Exception {
    npy("x.npy", features(24, 4, 1), 24, 4);
    npy("y.npy", features(24, 4, 2), 24, 4);
    alone(
        """
          - {checkpoint: a, layer: x, file: x.npy}
          - {checkpoint: a, layer: y, file: y.npy}
        similarities: [{metric: pwcca}]
        """);
    String warning =
        "pwcca needs activations, which are not kept of 2 of 2 layers: their status may be activations-not-kept (activations: full keeps them)";

    assertThat(sweep.command("plan", "--set", "activations=none").out()).contains(warning);
    assertDone(sweep.command("run", "--set", "activations=none"));
    assertThat(query("select distinct status from rows")).containsExactly("activations-not-kept");

    assertThat(sweep.command("plan").out()).doesNotContain("pwcca needs");
    assertDone(sweep.command("run"));
    assertThat(query("select distinct status from rows")).containsExactly("ok");
    assertThat(number("value", "a_layer = 'x' and b_layer = 'y'"))
        .isNotEqualTo(number("value", "a_layer = 'y' and b_layer = 'x'"));
  }

  @Test
  void aNetworksOwnActivationsServeToo() throws Exception {
    append("similarities: [{metric: pwcca}, {metric: cca}]\n");
    String[] last = {"--set", "layers.include=[fc, bn1]", "--set", "batch=48"};

    assertDone(
        sweep.command("run", with(last, "--set", "dataset.examples=48")));
    assertThat(query("select metric || a_layer || b_layer || status from rows order by 1"))
        .containsExactly(
            "ccabn1bn1more-features-than-examples",
            "ccabn1fcmore-features-than-examples",
            "ccafcfcok",
            "pwccabn1bn1more-features-than-examples",
            "pwccabn1fcmore-features-than-examples",
            "pwccafcbn1more-features-than-examples",
            "pwccafcfcok");

    assertDone(
        sweep.command(
            "run", with(last, "--set", "dataset.examples=48", "--set", "layers.features=pooled")));
    assertThat(query("select distinct status from rows where b_layer = 'fc'"))
        .containsExactly("ok");
  }

  @Test
  void theActivationsTableHasTheFeaturesThatWereRead() throws Exception {
    npy("x.npy", features(24, 4, 1), 24, 4);
    alone("  - {checkpoint: a, layer: x, file: x.npy}\n");

    assertDone(sweep.command("run"));

    assertThat(RunContents.rows(sweep.run(), Table.ACTIVATIONS)).hasSize(24);
    assertThat(
            RunContents.query(
                "select features[2]::varchar from read_parquet('%s/activations/**/*.parquet') where example_id = 17"
                    .formatted(sweep.run())))
        .containsExactly(Float.toString(features(24, 4, 1)[4 * 17 + 1]));
    assertThat(sweep.run().resolve("predictions")).doesNotExist();
  }

  private static String[] with(String[] some, String... more) {
    return Stream.of(some, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static void assertDone(CommandResult outcome) {
    assertThat(outcome.status()).as(outcome.error()).isZero();
  }

  /** Adds a representation to the sweep's spec. */
  private void add(String entry, Object argument) throws IOException {
    String head =
        Files.readString(sweep.spec()).contains("representations:") ? "" : "representations:\n";
    append(head + "  - " + entry.formatted(argument) + "\n");
  }

  private void append(String text) throws IOException {
    Files.writeString(sweep.spec(), Files.readString(sweep.spec()) + text);
  }

  /** Makes the spec one of representations alone. */
  private void alone(String representations) throws IOException {
    Files.writeString(
        sweep.spec(),
        "sweep: tiny\noutput: %s\nbatch: 8\nrepresentations:\n%s"
            .formatted(sweep.path("runs"), representations));
  }

  private double plain(String kernel, String a, String b) throws SQLException {
    return number(
        "value",
        "kernel = '%s' and coalesce(parameters, '') not like '%%%s%%' and a_layer = '%s' and b_layer = '%s'"
            .formatted(kernel, GIVEN, a, b));
  }

  private double number(String column, String where) throws SQLException {
    List<String> found = query("select %s::varchar from rows where %s".formatted(column, where));
    assertThat(found).as(where).hasSize(1);
    return Double.parseDouble(found.get(0));
  }

  private List<String> query(String sql) throws SQLException {
    return RunContents.query(
        "with rows as (select * from read_parquet('%s/similarities/*.parquet')) %s"
            .formatted(sweep.run(), sql));
  }

  private Map<String, String> units() throws IOException {
    Map<String, String> units = new TreeMap<>(RunContents.files(sweep.run()));
    units.keySet().removeIf(path -> !path.contains("batch-"));
    return units;
  }

  private void npy(String name, float[] values, int... shape) throws IOException {
    write(name, NpyArray.of(values, shape));
  }

  private void write(String name, NpyArray array) throws IOException {
    try (OutputStream out = Files.newOutputStream(sweep.path(name))) {
      array.write(out);
    }
  }

  /** Rows share a direction that their example's number gives them. */
  private static float[] features(int rows, int columns, long seed) {
    Random random = new Random(seed + columns);
    float[] features = new float[rows * columns];
    for (int i = 0; i < features.length; i++) {
      int row = i / columns;
      features[i] = (float) (random.nextGaussian() + Math.sin(row * 1.7) * (i % columns + 1) / 2);
    }
    return features;
  }
}
