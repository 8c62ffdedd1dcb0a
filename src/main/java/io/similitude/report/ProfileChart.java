package io.similitude.report;

import io.similitude.analysis.Heatmap;
import io.similitude.report.figure.ChartAxis;
import io.similitude.report.figure.ChartLine;
import io.similitude.report.figure.CurvePainter;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.LineChart;
import io.similitude.report.figure.LineStyle;
import io.similitude.report.figure.SvgFigure;
import io.similitude.report.figure.ValueAxis;
import io.similitude.report.figure.ValueScale;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A small chart of one line. It shows the values of the same layer on both sides of a heatmap, from
 * input to output.
 */
final class ProfileChart {
  private static final double WIDTH = 336;

  private final ValueScale scale;

  ProfileChart(MeasureColumns measure) {
    this.scale = ValueScale.of(measure);
  }

  /**
   * The diagonal of a heatmap of two sides with the same layers. It is empty for other heatmaps and
   * for one side with itself.
   */
  static List<MeasureValue> diagonal(Heatmap map) {
    if (map.rows().equals(map.columns())) {
      return List.of();
    }
    if (map.isOfSameLayers()) {
      return map.cells();
    }
    return map.rowLayers().equals(map.columnLayers())
        ? IntStream.range(0, map.rowLayers().size()).mapToObj(k -> map.cell(k, k)).toList()
        : List.of();
  }

  /** The chart without its line. Values outside of the scale are drawn at its edge. */
  static LineChart frame(ValueScale scale) {
    return new LineChart(
        "Similarity of each layer with itself on the other side",
        "from input to output",
        ValueAxis.of(scale, DoubleStream.empty()),
        ChartAxis.ofDepth(),
        List.of(),
        false,
        FigureStyle.ofPage(WIDTH));
  }

  String line(List<MeasureValue> diagonal) {
    return outline(painter -> painter.path(chartLine(diagonal)));
  }

  String band(List<MeasureValue> diagonal) {
    return outline(painter -> painter.band(chartLine(diagonal)));
  }

  private String outline(Function<CurvePainter, Path2D> drawn) {
    Path2D path = drawn.apply(frame(scale).painter(null));
    return path.getCurrentPoint() == null ? "" : SvgFigure.outline(path);
  }

  private static ChartLine chartLine(List<MeasureValue> diagonal) {
    return new ChartLine("", "", LineStyle.of(0), ChartLine.evenly(diagonal.size()), diagonal);
  }
}
