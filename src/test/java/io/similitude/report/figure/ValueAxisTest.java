package io.similitude.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.report.Example;
import io.similitude.similarity.measure.MeasureColumns;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class ValueAxisTest {
  private static final MeasureColumns PROCRUSTES =
      new MeasureColumns("procrustes", "", "minibatch", "");
  private static final MeasureColumns ANGLE =
      new MeasureColumns("angular-cka", "linear", "minibatch", "biased");
  private static final MeasureColumns RSA = new MeasureColumns("rsa", "", "minibatch", "");

  @Test
  void goesFromZeroToOne() {
    assertThat(ticks(Example.CKA, 0.4, 0.5)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
    assertThat(axis(Example.CKA, 0, 1)).isEqualTo(new ValueAxis(0, 5, 0.2));
    assertThat(axis(Example.CKA)).isEqualTo(new ValueAxis(0, 5, 0.2));
  }

  @Test
  void goesFurtherWhereValuesDo() {
    assertThat(ticks(Example.CKA, -0.01, 1.3))
        .containsExactly("-0.2", "0", "0.2", "0.4", "0.6", "0.8", "1", "1.2", "1.4");
    assertThat(axis(RSA, -0.9, 0.9).low()).isEqualTo(-1);
  }

  @Test
  void endsSomewhere() {
    ValueAxis axis = axis(Example.CKA, -1e9, 1e9);

    assertThat(axis.low()).isEqualTo(-1);
    assertThat(axis.high()).isEqualTo(2);
    assertThat(axis.place(0.5)).isEqualTo(0.5);
    assertThat(axis.place(7)).isEqualTo(1);
    assertThat(axis.place(-7)).isZero();
  }

  @Test
  void distancesHaveTheirOwnRange() {
    assertThat(ticks(PROCRUSTES, 0.1)).containsExactly("0", "0.5", "1", "1.5", "2");
    assertThat(ticks(ANGLE, 0.1)).containsExactly("0", "0.5", "1", "1.5", "2");
  }

  @Test
  void lightIsAlikeWhicheverWayAMeasureCounts() {
    int lightest = ColourMap.SIZE - 1;

    assertThat(ValueScale.of(Example.CKA).colour(1)).isEqualTo(lightest);
    assertThat(ValueScale.of(Example.CKA).colour(0)).isZero();
    assertThat(ValueScale.of(PROCRUSTES).colour(0)).isEqualTo(lightest);
    assertThat(ValueScale.of(PROCRUSTES).colour(2)).isZero();
    assertThat(ValueScale.of(ANGLE).colour(Math.PI / 2)).isZero();
    assertThat(ValueScale.of(RSA).colour(-0.5)).isEqualTo(ValueScale.of(RSA).colour(0)).isZero();
  }

  private static List<String> ticks(MeasureColumns measure, double... values) {
    return axis(measure, values).ticks().stream().map(ValueAxis.Tick::label).toList();
  }

  private static ValueAxis axis(MeasureColumns measure, double... values) {
    return ValueAxis.of(ValueScale.of(measure), DoubleStream.of(values));
  }
}
