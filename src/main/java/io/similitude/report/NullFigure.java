package io.similitude.report;

import io.similitude.report.figure.ChartTitles;
import io.similitude.report.figure.Figure;
import io.similitude.report.figure.FigureStyle;
import io.similitude.report.figure.StripChart;
import java.util.List;

/** A figure of a statistic: its values with permuted labels, and its actual value. */
record NullFigure(String stem, String heading, String subtitle, List<StripChart.Test> tests)
    implements FoundFigure {
  NullFigure {
    tests = List.copyOf(tests);
  }

  @Override
  public FoundTopic topic() {
    return FoundTopic.TAGS;
  }

  @Override
  public Figure figure(boolean hasLegend, FigureStyle style) {
    return new StripChart(new ChartTitles(heading, subtitle), tests, "separation", style);
  }
}
