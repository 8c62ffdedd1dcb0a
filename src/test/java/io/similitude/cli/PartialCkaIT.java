package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.SharedSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CKA given representations, from the spec to the tables. */
final class PartialCkaIT {
  private static final String GIVEN = "given=";

  @TempDir Path folder;
  private RepresentationSweep sweep;

  @BeforeAll
  static void startSpark() {
    SharedSpark.session();
  }

  @BeforeEach
  void begin() throws IOException {
    sweep = RepresentationSweep.in(folder.resolve("sweep"));
  }

  @Test
  void givenOneIsThePartialCorrelationOfTheOthers() throws Exception {
    sweep.npy("x.npy", RepresentationSweep.features(24, 5, 1), 24, 5);
    sweep.npy("y.npy", RepresentationSweep.features(24, 9, 1), 24, 9);
    sweep.npy("g.npy", RepresentationSweep.features(24, 4, 1), 24, 4);
    sweep.alone(
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

    RepresentationSweep.assertDone(sweep.command("run"));

    for (String kernel : List.of("linear", "rbf")) {
      double xy = plain(kernel, "x", "y");
      double xg = plain(kernel, "x", "g");
      double yg = plain(kernel, "y", "g");
      double expected = (xy - xg * yg) / Math.sqrt((1 - xg * xg) * (1 - yg * yg));
      String partial = "kernel = '%s' and parameters like '%%%s%%' and ".formatted(kernel, GIVEN);
      // The engine's products are float32.
      assertThat(sweep.number("value", partial + "a_layer = 'x' and b_layer = 'y'"))
          .isEqualTo(expected, within(1e-5));
      assertThat(sweep.number("standard_error", partial + "a_layer = 'x' and b_layer = 'y'"))
          .isPositive();
      assertThat(sweep.number("value", partial + "a_layer = 'y' and b_layer = 'y'")).isEqualTo(1);
      assertThat(sweep.query("select distinct status from rows where " + partial + "b_layer = 'g'"))
          .containsExactly("explained-by-given");
    }
    assertThat(
            sweep.query(
                "select distinct parameters from rows where parameters is not null order by 1"))
        .containsExactly("bandwidth=1.0", "bandwidth=1.0, given=a/benign/g", "given=a/benign/g");
    assertThat(sweep.run().resolve("report/index.html"))
        .content()
        .contains("CKA (linear, minibatch, unbiased, given=a/benign/g)");
  }

  @Test
  void pixelsAndLabelsCanBeGivenWithoutBeingListed() throws Exception {
    sweep.checkpoints("exact", "half");
    sweep.append("similarities: [{metric: cka, given: [pixels, labels]}, {metric: cka}]\n");

    RepresentationSweep.assertDone(sweep.command("run", "--set", "compare=same-layer"));

    String partial = "parameters = 'given=pixels + labels' and ";
    String pair = "a_checkpoint = 'exact' and b_checkpoint = 'half' and ";
    assertThat(sweep.number("count(*)", partial + pair + "status = 'ok'"))
        .isEqualTo(TinySweep.LAYERS);
    // Half precision hardly changes a layer, with or without what the pixels explain.
    assertThat(sweep.number("min(value)", partial + pair + "true"))
        .isGreaterThan(0.99)
        .isLessThan(1.001);
    assertThat(sweep.number("count(*)", "a_checkpoint = 'dataset' and parameters is null"))
        .isEqualTo(2);
  }

  @Test
  void givenStandsInOtherPartsToo() throws Exception {
    sweep.checkpoints("exact", "half");
    sweep.append("similarities: [{metric: cka, given: exact/benign/conv1}]\n");
    RepresentationSweep.assertDone(sweep.command("run"));

    assertThat(
            sweep.query(
                "select distinct status from rows where a_layer = 'conv1' and a_checkpoint ="
                    + " 'exact'"))
        .containsExactly("explained-by-given");
    assertThat(sweep.number("count(*)", "status = 'ok' and a_checkpoint = 'half'")).isPositive();
  }

  @Test
  void whatIsGivenMustBeThere() throws IOException {
    sweep.append("similarities: [{metric: cka, given: exact/benign/conv}]\n");
    CommandResult layer = sweep.command("run");
    assertThat(layer.status()).isEqualTo(ExitStatus.INVALID_INPUT.code());
    assertThat(layer.lastLine())
        .startsWith(
            "ERROR Cannot compare given exact/benign/conv: there is no layer conv (did you mean"
                + " conv1? known: conv1, ");

    assertThat(sweep.command("run", "--set", "similarities.0.given=exact/linf/conv1").lastLine())
        .isEqualTo(
            "ERROR Cannot compare given exact/linf/conv1: there is no view linf (known: benign)");
    assertThat(sweep.command("run", "--set", "similarities.0.given=exakt/benign/conv1").lastLine())
        .isEqualTo(
            "ERROR Cannot compare given exakt/benign/conv1: there is no checkpoint exakt (did you"
                + " mean exact? known: exact)");
    assertThat(sweep.run()).doesNotExist();
  }

  @Test
  void aMeasureOfWhatFailedIsNotMadeAndTheOthersAre() throws Exception {
    sweep.npy("few.npy", RepresentationSweep.features(3, 4, 1), 3, 4);
    sweep.add("{checkpoint: few, layer: out, file: few.npy}", "");
    sweep.append("similarities: [{metric: cka}, {metric: cka, given: few/benign/out}]\n");

    CommandResult result = sweep.command("run");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(sweep.query("select distinct coalesce(parameters, '') from rows"))
        .containsExactly("");
    assertThat(
            RunContents.query(
                "select cause from read_parquet('%s/failures/*.parquet') where stage = 'compare'"
                    .formatted(sweep.run())))
        .containsExactly(
            "Cannot compare given few/benign/out: its Gram matrices are not all there (it is not"
                + " extracted yet, or has failed itself)");
  }

  private double plain(String kernel, String a, String b) throws SQLException {
    return sweep.number(
        "value",
        "kernel = '%s' and coalesce(parameters, '') not like '%%%s%%' and a_layer = '%s' and b_layer = '%s'"
            .formatted(kernel, GIVEN, a, b));
  }
}
