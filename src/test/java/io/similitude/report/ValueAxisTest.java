package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.analysis.MatchedCurve;
import io.similitude.analysis.MatchedLayers;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ValueAxisTest {
  @Test
  void goesFromZeroToOne() {
    assertThat(ticks(0.4, 0.5)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
    assertThat(axis(0, 1)).isEqualTo(new ValueAxis(0, 5));
  }

  @Test
  void goesFurtherWhereValuesDo() {
    assertThat(ticks(-0.01, 1.3))
        .containsExactly("-0.2", "0", "0.2", "0.4", "0.6", "0.8", "1", "1.2", "1.4");
  }

  @Test
  void endsSomewhere() {
    ValueAxis axis = axis(-1e9, 1e9);

    assertThat(axis.low()).isEqualTo(-1);
    assertThat(axis.high()).isEqualTo(2);
    assertThat(axis.place(0.5)).isEqualTo(0.5);
    assertThat(axis.place(7)).isEqualTo(1);
    assertThat(axis.place(-7)).isZero();
  }

  private static List<String> ticks(double... values) {
    return axis(values).ticks().stream().map(ValueAxis.Tick::label).toList();
  }

  private static ValueAxis axis(double a, double b) {
    return axis(new double[] {a, b});
  }

  private static ValueAxis axis(double[] values) {
    List<MeasureValue> points =
        List.of(
            MeasureValue.withoutError(values[0]),
            MeasureValue.missing(Status.CONSTANT_LAYER),
            MeasureValue.withoutError(values[1]));
    return ValueAxis.of(
        List.of(
            new MatchedLayers(
                Example.CKA,
                "benign",
                "linf",
                List.of(new MatchedCurve("a", List.of("x", "y", "z"), points)))));
  }
}
