package io.similitude.report;

import io.similitude.report.figure.ChartAxis;
import io.similitude.report.figure.ChartLine;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.LineChart;
import io.similitude.report.figure.ValueAxis;
import java.util.List;

/**
 * The curves of a finding as a line chart.
 *
 * @param where what all lines have in common, for the text about the point under the pointer
 * @param labels the label of each point of each line
 * @param bottom the horizontal axis; null for the layers that all lines share
 * @param layers the layers that all lines share; empty if they share none
 */
record CurveFigure(
    FoundTopic topic,
    String stem,
    String heading,
    String subtitle,
    String where,
    ValueAxis axis,
    ChartAxis bottom,
    List<String> layers,
    List<ChartLine> lines,
    List<List<String>> labels)
    implements FoundFigure {
  CurveFigure {
    layers = List.copyOf(layers);
    lines = List.copyOf(lines);
    labels = List.copyOf(labels);
  }

  @Override
  public LineChart figure(boolean hasLegend, FigureStyle style) {
    ChartAxis below = bottom == null ? ChartAxis.ofLayers(layers, style) : bottom;
    return new LineChart(heading, subtitle, axis, below, lines, hasLegend, style);
  }

  @Override
  public LineChart onPage() {
    return figure(false, FigureStyle.ofPage(SeriesChart.PAGE_WIDTH));
  }
}
