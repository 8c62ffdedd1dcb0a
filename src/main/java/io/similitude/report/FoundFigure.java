package io.similitude.report;

import io.similitude.report.figure.Figure;
import io.similitude.report.figure.FigureStyle;

/** A figure of findings. */
interface FoundFigure {
  FoundTopic topic();

  /** The name of its files, which is also its anchor on the page. */
  String stem();

  String heading();

  String subtitle();

  Figure figure(boolean hasLegend, FigureStyle style);

  /** The figure in the size for the page, where two figures are side by side. */
  default Figure onPage() {
    return figure(false, FigureStyle.ofPage(SeriesChart.PAGE_WIDTH));
  }
}
