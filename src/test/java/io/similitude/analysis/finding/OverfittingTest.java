package io.similitude.analysis.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.similitude.analysis.statistics.ReferenceSums;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.spec.FindingsSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gaps of overfit.py (PyTorch 1.13): networks that overfit on purpose, and some that do not. */
final class OverfittingTest {
  private static final JsonNode EXPECTED = ReferenceSums.json("overfit-expected.json");

  @ParameterizedTest
  @CsvSource({"over-standard-s0, PRESENT", "over-standard-s1, PRESENT", "linf-s0, ABSENT"})
  void labels(String network, Decision decision) {
    JsonNode expected = EXPECTED.get(network).get("O4 labels");
    double error = expected.get("slope").get(1).asDouble();
    List<FindingRow> rows =
        FindingKinds.find(sweep(ReferenceSums.numbers(expected.get("by_layer")), error)).rows();
    FindingRow slope = ReferenceSweep.only(rows, "labels-slope", "train", "a", null);
    assertThat(slope.value()).isCloseTo(expected.get("slope").get(0).asDouble(), within(1e-10));
    assertThat(slope.decision()).isEqualTo(decision);
    assertThat(ReferenceSweep.only(rows, "labels-early-gap", "train", "a", null).value())
        .isCloseTo(expected.get("early").get(0).asDouble(), within(1e-10));
    FindingRow deep = ReferenceSweep.only(rows, "labels-deep-gap", "train", "a", null);
    assertThat(deep.value()).isGreaterThan(slope.value() > 0.1 ? 0.1 : -0.1);
  }

  @Test
  void errorsOfBothSamplesAdd() {
    double[] gaps = new double[10];
    List<FindingRow> rows = FindingKinds.find(sweep(gaps, 0.3)).rows();
    FindingRow slope = ReferenceSweep.only(rows, "labels-slope", "train", "a", null);
    assertThat(slope.errorExamples()).isCloseTo(0.3, within(1e-12));
    assertThat(slope.decision()).isEqualTo(Decision.ABSENT);
  }

  /**
   * Train is the gap, test is zero; both tilt in their replicates so that the slope has the error.
   */
  private static SweepView sweep(double[] gaps, double error) {
    double each = error / Math.sqrt(2);
    return new SweepView(
        FindingsSpec.ALL,
        0,
        List.of(),
        List.of(
            new ComparedView("test", null, null, "test"),
            new ComparedView("train", null, null, "train")),
        List.of(),
        List.of(),
        List.of(),
        List.of(labels("test", new double[gaps.length], each), labels("train", gaps, each)),
        List.of(),
        List.of());
  }

  private static LabelSummary labels(String view, double[] values, double error) {
    int last = values.length - 1;
    // With tilts of +-t in four replicates the jackknife gives sqrt(3) t.
    double tilt = error / Math.sqrt(3);
    return new LabelSummary(
        ReferenceSweep.CKA,
        "a",
        view,
        IntStream.rangeClosed(0, last).mapToObj(i -> "layer" + i).toList(),
        IntStream.rangeClosed(0, last)
            .mapToObj(
                i -> {
                  double move = tilt * i / last;
                  double value = values[i];
                  return Replicated.of(
                      value, value + move, value - move, value + move, value - move);
                })
            .toList());
  }
}
