package io.similitude.report.figure;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The axis of values in a chart. It covers the range of a scale, or more if values are outside of
 * it.
 *
 * @param first the first step, at or below all values
 * @param last the last step, at or above all values
 * @param step the length of a step
 */
public record ValueAxis(int first, int last, double step) {
  /** The approximate number of steps between the least and the largest number. */
  private static final double STEPS = 5;

  /** An axis from 0 to 1, for shares. */
  public static final ValueAxis SHARES = new ValueAxis(0, 5, 0.2);

  /**
   * The axis of a scale and some values. A value that is further outside than the length of the
   * range is drawn at the edge.
   */
  public static ValueAxis of(ValueScale scale, DoubleStream values) {
    var found = values.summaryStatistics();
    double range = scale.high() - scale.low();
    double low = Math.min(scale.low(), Math.max(found.getMin(), scale.low() - range));
    double high = Math.max(scale.high(), Math.min(found.getMax(), scale.high() + range));
    double step = scale.step();
    return new ValueAxis(
        (int) Math.floor(low / step + 1e-9), (int) Math.ceil(high / step - 1e-9), step);
  }

  /** An axis for any numbers, from a round number below them to one above. */
  public static ValueAxis around(DoubleStream values) {
    var found = values.filter(Double::isFinite).summaryStatistics();
    if (found.getCount() == 0) {
      return SHARES;
    }
    double range = found.getMax() - found.getMin();
    double step = roundStep((range > 0 ? range : 1) / STEPS);
    int first = (int) Math.floor(found.getMin() / step + 1e-9);
    int last = (int) Math.ceil(found.getMax() / step - 1e-9);
    return new ValueAxis(first, Math.max(first + 1, last), step);
  }

  /** The least step that is 1, 2 or 5 times a power of ten and at least this large. */
  private static double roundStep(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    return DoubleStream.of(1, 2, 5, 10)
        .map(it -> it * power)
        .filter(it -> it >= least * (1 - 1e-9))
        .findFirst()
        .orElseThrow();
  }

  public double low() {
    return first * step;
  }

  public double high() {
    return last * step;
  }

  public List<Tick> ticks() {
    return IntStream.rangeClosed(first, last).mapToObj(k -> new Tick(k * step, step)).toList();
  }

  /** The position of a value, from 0 at the lower end to 1 at the upper end. */
  public double place(double value) {
    return Math.max(0, Math.min(1, (value - low()) / (high() - low())));
  }

  /** A multiple of the step. */
  public record Tick(double value, double step) {
    String label() {
      int decimals = (int) Math.ceil(-Math.log10(step) - 1e-9);
      return decimals < 2
          ? ValueScale.label(value)
          : String.format(Locale.ROOT, "%." + decimals + "f", value + 0.0);
    }
  }
}
