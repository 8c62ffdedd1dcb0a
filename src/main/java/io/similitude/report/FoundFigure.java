package io.similitude.report;

import io.similitude.report.figure.Figure;
import io.similitude.report.figure.FigureStyle;

/** A figure of what was found. */
interface FoundFigure {
  FoundTopic topic();

  /** The name of its files, and its anchor on the page. */
  String stem();

  String heading();

  String subtitle();

  Figure figure(boolean hasLegend, FigureStyle style);

  /** As the page shows it: two stand side by side. */
  default Figure onPage() {
    return figure(false, FigureStyle.ofPage(SeriesChart.PAGE_WIDTH));
  }
}
