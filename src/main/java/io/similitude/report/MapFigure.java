package io.similitude.report;

import io.similitude.report.figure.ChartTitles;
import io.similitude.report.figure.Figure;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.PointChart;
import java.util.List;

/** A figure of networks as points in a plane. */
record MapFigure(String stem, String heading, String subtitle, List<PointChart.Point> points)
    implements FoundFigure {
  MapFigure {
    points = List.copyOf(points);
  }

  @Override
  public FoundTopic topic() {
    return FoundTopic.MAP;
  }

  @Override
  public Figure figure(boolean hasLegend, FigureStyle style) {
    return new PointChart(new ChartTitles(heading, subtitle), points, style);
  }
}
