package io.similitude.report.figure;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The axis of values in a chart: the range of a scale, or further where values lie outside of it.
 *
 * @param first step below or at all values
 * @param last step above or at all values
 * @param step its length
 */
public record ValueAxis(int first, int last, double step) {
  /** From 0 to 1, for shares. */
  public static final ValueAxis SHARES = new ValueAxis(0, 5, 0.2);

  /** What lies further outside than the range is long is drawn at the edge. */
  public static ValueAxis of(ValueScale scale, DoubleStream values) {
    var found = values.summaryStatistics();
    double range = scale.high() - scale.low();
    double low = Math.min(scale.low(), Math.max(found.getMin(), scale.low() - range));
    double high = Math.max(scale.high(), Math.min(found.getMax(), scale.high() + range));
    double step = scale.step();
    return new ValueAxis(
        (int) Math.floor(low / step + 1e-9), (int) Math.ceil(high / step - 1e-9), step);
  }

  public double low() {
    return first * step;
  }

  public double high() {
    return last * step;
  }

  public List<Tick> ticks() {
    return IntStream.rangeClosed(first, last).mapToObj(k -> new Tick(k * step)).toList();
  }

  /** Where a value lies between the lower end, 0, and the upper, 1. */
  public double place(double value) {
    return Math.max(0, Math.min(1, (value - low()) / (high() - low())));
  }

  /** A multiple of the step. */
  public record Tick(double value) {
    String label() {
      return ValueScale.label(value);
    }
  }
}
