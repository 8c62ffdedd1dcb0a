package io.similitude.report;

import io.similitude.report.figure.ChartTitles;
import io.similitude.report.figure.Figure;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.TreeChart;
import java.util.List;

/** A figure of networks as leaves of a tree. */
record TreeFigure(
    String stem, String heading, String subtitle, List<String> leaves, List<TreeChart.Join> joins)
    implements FoundFigure {
  TreeFigure {
    leaves = List.copyOf(leaves);
    joins = List.copyOf(joins);
  }

  @Override
  public FoundTopic topic() {
    return FoundTopic.MAP;
  }

  @Override
  public Figure figure(boolean hasLegend, FigureStyle style) {
    ChartTitles titles = new ChartTitles(heading, subtitle);
    return new TreeChart(titles, leaves, joins, "mean distance", style);
  }
}
