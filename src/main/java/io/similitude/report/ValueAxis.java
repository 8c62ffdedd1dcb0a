package io.similitude.report;

import io.similitude.analysis.MatchedLayers;
import io.similitude.similarity.measure.MeasureValue;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The axis of similarities in a chart: from 0 to 1, or further where values lie outside, in steps
 * of 0.2, the same for all panels.
 *
 * @param first step below or at all values, at most 0
 * @param last step above or at all values, at least 5
 */
record ValueAxis(int first, int last) {
  private static final int STEPS_A_UNIT = 5;

  /** No similarity in use goes below -1 or above 2; what does is drawn at the edge. */
  private static final int LOWEST = -STEPS_A_UNIT;

  private static final int HIGHEST = 2 * STEPS_A_UNIT;

  static ValueAxis of(List<MatchedLayers> panels) {
    Supplier<DoubleStream> values =
        () ->
            panels.stream()
                .flatMap(panel -> panel.curves().stream())
                .flatMap(curve -> curve.similarities().stream())
                .map(MeasureValue::value)
                .flatMapToDouble(value -> value.stream());
    int first = (int) Math.floor(values.get().min().orElse(0) * STEPS_A_UNIT);
    int last = (int) Math.ceil(values.get().max().orElse(1) * STEPS_A_UNIT);
    return new ValueAxis(
        Math.max(LOWEST, Math.min(0, first)), Math.min(HIGHEST, Math.max(STEPS_A_UNIT, last)));
  }

  double low() {
    return (double) first / STEPS_A_UNIT;
  }

  double high() {
    return (double) last / STEPS_A_UNIT;
  }

  List<Tick> ticks() {
    return IntStream.rangeClosed(first, last).mapToObj(Tick::new).toList();
  }

  /** Where a value lies between the lower end, 0, and the upper, 1. */
  double place(double value) {
    return Math.max(0, Math.min(1, (value - low()) / (high() - low())));
  }

  /** A multiple of 0.2. */
  record Tick(int step) {
    double value() {
      return (double) step / STEPS_A_UNIT;
    }

    String label() {
      return step % STEPS_A_UNIT == 0
          ? String.valueOf(step / STEPS_A_UNIT)
          : String.valueOf(value());
    }
  }
}
