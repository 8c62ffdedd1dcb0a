package io.similitude.report.figure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The axis along the bottom of a chart.
 *
 * @param labels the texts
 * @param places the position of each text, from 0 at the left to 1 at the right
 * @param isRising whether the texts are written upwards, as the names of layers are
 * @param title below the texts; may be empty
 */
public record ChartAxis(List<String> labels, List<Double> places, boolean isRising, String title) {
  public ChartAxis {
    labels = List.copyOf(labels);
    places = List.copyOf(places);
  }

  /** An axis with the names of layers that all lines share. */
  public static ChartAxis ofLayers(List<String> layers, FigureStyle style) {
    TickNames names = style.names(layers);
    int size = layers.size();
    List<Double> places =
        IntStream.range(0, names.names().size())
            .mapToObj(k -> size == 1 ? 0.5 : (names.middle(k) - 0.5) / (size - 1))
            .toList();
    return new ChartAxis(names.names(), places, true, "");
  }

  /** An axis for lines with different layers. */
  public static ChartAxis ofDepth() {
    return new ChartAxis(List.of("input", "output"), List.of(0.0, 1.0), false, "");
  }

  public double height(FigureStyle style) {
    double text = isRising ? TextPainter.widest(labels, style.fontSize()) : style.fontSize();
    return style.tenths(8) + text + (title.isEmpty() ? 0 : style.tenths(18));
  }
}
