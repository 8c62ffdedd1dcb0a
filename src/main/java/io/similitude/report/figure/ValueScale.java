package io.similitude.report.figure;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.spec.measure.Scale;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The colours of the values of a measure. Light means similar, for similarities and for distances.
 *
 * @param dark the value that has the darkest colour
 * @param light the value that has the lightest colour
 */
public record ValueScale(double dark, double light) {
  /**
   * The scale of a measure. For correlations it starts at 0, because negative correlations of
   * layers are rare; negative values are marked.
   */
  public static ValueScale of(MeasureColumns measure) {
    Scale scale = measure.scale();
    return scale == Scale.CORRELATION
        ? new ValueScale(0, scale.mostAlike())
        : new ValueScale(scale.leastAlike(), scale.mostAlike());
  }

  public double low() {
    return Math.min(dark, light);
  }

  public double high() {
    return Math.max(dark, light);
  }

  /** The number of a value's colour. Outside of the scale it is the colour of the nearer end. */
  public int colour(double value) {
    double share = Math.max(0, Math.min(1, (value - dark) / (light - dark)));
    return (int) Math.round(share * (ColourMap.SIZE - 1));
  }

  /**
   * The colour of the mark on cells below the scale. It is visible on the colour of the lower end.
   */
  public Color markBelow() {
    return dark < light ? Color.WHITE : Typeface.INK;
  }

  public Color markAbove() {
    return dark < light ? Typeface.INK : Color.WHITE;
  }

  public Color colourOf(int number) {
    return ColourMap.of(number / (ColourMap.SIZE - 1.0));
  }

  /** The step of the ticks: at most ten steps, of a length that is easy to read. */
  public double step() {
    return high() - low() > 1 ? 0.5 : 0.2;
  }

  public List<Double> ticks() {
    int last = (int) Math.floor(high() / step() + 1e-9);
    return IntStream.rangeClosed(0, last).mapToObj(k -> k * step()).toList();
  }

  /** A tick as text: {@code 0}, {@code 0.2}, {@code 1}. */
  public static String label(double tick) {
    String text = String.format(Locale.ROOT, "%.1f", tick);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
