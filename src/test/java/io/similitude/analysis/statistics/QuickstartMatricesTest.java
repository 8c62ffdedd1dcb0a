package io.similitude.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HSIC sums of the quickstart: what numpy makes of them (qs_findings.py), errors included. */
final class QuickstartMatricesTest {
  private static final ReferenceSums SUMS = ReferenceSums.read("quickstart-sums.npz");
  private static final JsonNode EXPECTED = ReferenceSums.json("quickstart-expected.json");

  @ParameterizedTest
  @CsvSource({"standard, benign", "robust, benign", "standard, linf", "robust, linf"})
  void squares(String checkpoint, String view) {
    ReplicatedMatrix square = SUMS.square(checkpoint, view);
    String name = checkpoint + "/" + view + " ";
    near(square.evaluate(LagCurve::offDiagonal), name + "mean off-diagonal");
    near(square.evaluate(LagCurve::participationRatio), name + "participation ratio");
    near(square.evaluate(LagCurve::longRange), name + "long range (>= half depth)");
    near(square.evaluate(LagCurve::shortRange), name + "short range (<= tenth)");
    near(square.evaluate(LagCurve::earlyLate), name + "early-late thirds");
    near(square.evaluate(LagCurve::halfDepth), name + "half depth");
    Segmentation segments = Segmentation.of(square.whole(), 12, 2);
    int found = segments.least(0.8).orElseThrow();
    assertThat(found).isEqualTo(EXPECTED.get(name + "n_0.8").asInt());
    int[] borders = segments.borders(Math.max(2, found));
    assertThat(IntStream.of(borders).asDoubleStream().toArray())
        .isEqualTo(ReferenceSums.numbers(EXPECTED.get(name + "borders")));
    near(
        square.evaluate(it -> EqualLagContrast.of(it, borders).orElseThrow()),
        name + "equal-lag contrast, found blocks");
    JsonNode curve = EXPECTED.get(name + "lag curve");
    List<Replicated> lags = square.evaluateAll(LagCurve::of);
    for (int d = 0; d < lags.size(); d++) {
      near(lags.get(d), curve.get(0).get(d).asDouble(), curve.get(1).get(d).asDouble());
    }
  }

  @ParameterizedTest
  @CsvSource({"standard", "robust"})
  void sensitivityByDepth(String checkpoint) {
    ReplicatedMatrix across = SUMS.cka(checkpoint, "benign", checkpoint, "linf");
    Function<double[][], double[]> losses =
        it -> IntStream.range(0, it.length).mapToDouble(i -> 1 - it[i][i]).toArray();
    near(
        across.evaluate(it -> Regression.overDepth(losses.apply(it))),
        checkpoint + " sensitivity slope over depth");
  }

  @ParameterizedTest
  @CsvSource({"benign", "linf"})
  void correspondence(String view) {
    ReplicatedMatrix across = SUMS.cka("standard", view, "robust", view);
    double[] expected =
        ReferenceSums.numbers(EXPECTED.get("identification standard->robust " + view));
    assertThat(Identification.of(across.whole()))
        .isEqualTo(new Identification(expected[0], expected[1]));
    MonotoneAlignment path = MonotoneAlignment.of(across.whole());
    JsonNode alignment = EXPECTED.get("alignment " + view);
    assertThat(path.mean()).isCloseTo(alignment.get("mean").asDouble(), within(1e-12));
    assertThat(path.path()).hasSize(alignment.get("path").size());
    assertThat(path.deviation(across.rows(), across.columns()))
        .isCloseTo(EXPECTED.get("alignment off diagonal " + view).asDouble(), within(1e-12));
  }

  @Test
  void theArcOfCkaIsAMetric() {
    double[][] whole = SUMS.square("robust", "linf").whole();
    for (int i = 0; i < whole.length; i++) {
      for (int j = 0; j < whole.length; j++) {
        for (int k = 0; k < whole.length; k++) {
          assertThat(arc(whole[i][j]) + arc(whole[j][k]) - arc(whole[i][k]))
              .isGreaterThanOrEqualTo(-1e-12);
        }
      }
    }
  }

  private static double arc(double cka) {
    return Math.acos(Math.min(1, cka));
  }

  private static void near(Replicated number, String name) {
    near(number, EXPECTED.get(name).get(0).asDouble(), EXPECTED.get(name).get(1).asDouble());
  }

  private static void near(Replicated number, double value, double error) {
    assertThat(number.value()).isCloseTo(value, within(1e-10));
    assertThat(number.error().orElseThrow()).isCloseTo(error, within(1e-10));
  }
}
